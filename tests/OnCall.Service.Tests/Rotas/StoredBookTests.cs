using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Core.Tests.Rotas.Documents;
using OnCall.Service.Rotas;
using OnCall.Service.Tests.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

/// <summary>
/// What lies in <c>book_revisions.document</c> and on the disks, checked in as <c>stored-book.json</c>: the version before must read what this one writes, and this one what lies there.
/// What differs is written beside the file, as <c>stored-book.received.json</c> in the output folder.
/// </summary>
public sealed class StoredBookTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly BookContent Everything = RotaCheck.Check([RotaDocument.ReadStored(EveryKey.Document)], BookContent.Empty, prune: true).Content!;

    [Fact]
    public void Book_WithEveryKey_IsStoredAsCheckedIn()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Rotas", "stored-book.json");
        var checkedIn = File.ReadAllText(file);
        var written = Stored().ToJsonString(Indented) + "\n";
        if (written != checkedIn)
        {
            File.WriteAllText(Path.ChangeExtension(file, ".received.json"), written);
        }

        BookStore.Book(1, null, checkedIn).Content.ShouldBe(Everything, "what is stored is read otherwise than it was meant");
        written.ShouldBe(checkedIn, "what is stored has changed its shape; see stored-book.received.json in the output folder");
    }

    [Fact]
    public void Book_OfANewerVersion_IsReadAsThisOneKnowsIt()
    {
        var document = Stored();
        StoredStateTests.AddToEveryObject(document);

        // Its keys are the codes that the author chose.
        document["rotas"]![0]!["layers"]![1]!["pattern"]!["shifts"]!.AsObject().Remove("ofTomorrow").ShouldBeTrue();

        var book = BookStore.Book(1, null, document.ToJsonString());

        book.Content.ShouldBe(Everything);
        book.OfNewer.ShouldContain("ofTomorrow");
        book.OfNewer.ShouldContain("rotas[0].layers[2].shifts[0].ofTomorrow");
        book.OfNewer.ShouldAllBe(path => path.EndsWith("ofTomorrow", StringComparison.Ordinal));
    }

    [Fact]
    public void Book_OfThisVersion_HoldsNothingThatIsPassedOver() => BookStore.Book(1, null, Stored().ToJsonString()).OfNewer.ShouldBeEmpty();

    [Fact]
    public void Document_ThatIsSentIn_MayHoldNoKeyThatIsNotKnown()
    {
        var document = Stored();
        document["ofTomorrow"] = "news";

        RotaCheck.Check([RotaDocument.ReadStored(document.ToJsonString())], BookContent.Empty, prune: true).Problems.ShouldHaveSingleItem().Path.ShouldBe("ofTomorrow");
    }

    private static JsonNode Stored() => JsonNode.Parse(BookStore.Document(new RotaBook(1, Everything)))!;
}
