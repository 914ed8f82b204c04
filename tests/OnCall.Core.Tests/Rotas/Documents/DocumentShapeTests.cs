using OnCall.Core.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Rotas.Documents;

public sealed class DocumentShapeTests
{
    [Fact]
    public void Document_OfTheReaders_HasEverySectionAndNothingRequired()
    {
        DocumentShape.Document.Keys.Select(key => key.Name).ShouldBe(
            ["timeZone", "rotas", "advisers", "coordinators", "desks", "absences", "policies", "lines", "forces", "topics", "blocked"], ignoreOrder: true);
        DocumentShape.Document.Keys.ShouldAllBe(key => !key.IsRequired);
    }

    [Fact]
    public void ItemOf_AnAbsence_HasBothWaysToEnd()
    {
        var absence = (Shape.Map)DocumentShape.ItemOf("absences");

        absence.Keys.Where(key => key.IsRequired).Select(key => key.Name).ShouldBe(["adviser", "start"], ignoreOrder: true);
        DocumentShape.Of(absence, "through").ShouldBe(new Shape.Text(TextForm.Day));
        DocumentShape.Of(absence, "end").ShouldBe(new Shape.Text(TextForm.Moment));
    }

    [Fact]
    public void ItemOf_ALayer_HasItsThreeKindsOfDuty()
    {
        var layer = (Shape.Map)((Shape.List)DocumentShape.Of((Shape.Map)DocumentShape.ItemOf("rotas"), "layers")).Items;

        layer.Keys.Select(key => key.Name).ShouldBe(["name", "from", "until", "rotation", "pattern", "shifts", "only"], ignoreOrder: true);
        DocumentShape.Of((Shape.Map)DocumentShape.Of(layer, "pattern"), "shifts").ShouldBe(new Shape.Table(new Shape.Text(TextForm.Hours)));
        DocumentShape.Of((Shape.Map)DocumentShape.Of(layer, "rotation"), "turn").ShouldBe(new Shape.Text(TextForm.Turn));
    }

    [Fact]
    public void Document_EveryKey_SaysWhatStandsThere() => Keys(DocumentShape.Document).Where(key => key.What.Length == 0).Select(key => key.Name).ShouldBeEmpty();

    private static IEnumerable<ShapeKey> Keys(Shape shape) => shape switch
    {
        Shape.Map map => map.Keys.Concat(map.Keys.SelectMany(key => Keys(key.Shape))),
        Shape.List list => Keys(list.Items),
        Shape.Table table => Keys(table.Values),
        _ => [],
    };
}
