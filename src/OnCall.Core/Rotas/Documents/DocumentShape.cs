namespace OnCall.Core.Rotas.Documents;

/// <summary>
/// The shape of the rota document, for whoever describes it to others: its readers read one in which nothing is written, and what they ask for is the shape. So what is
/// described is what is read.
/// </summary>
public static class DocumentShape
{
    /// <summary>The whole document, section by section.</summary>
    public static Shape.Map Document { get; } = Ask();

    /// <summary>One item of a section: <c>advisers</c>, <c>rotas</c>, …</summary>
    public static Shape ItemOf(string section) => Of(Document, section) is Shape.List list ? list.Items : throw new ArgumentException($"{section} is no list.", nameof(section));

    /// <summary>What stands at a key.</summary>
    public static Shape Of(Shape.Map map, string key) => map.Keys.First(one => one.Name == key).Shape;

    private static Shape.Map Ask()
    {
        var blank = new BlankNode();
        var reading = new Reading(null, KnownIds.Of([], BookContent.Empty), null, [], []);
        RotaCheck.Read(new Spot(blank, "", reading).Map()!, null, reading, null);
        return (Shape.Map)blank.ToShape();
    }
}
