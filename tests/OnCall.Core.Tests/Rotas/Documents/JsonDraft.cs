using System.Text.Json;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using Shouldly;

namespace OnCall.Core.Tests.Rotas.Documents;

/// <summary>Documents written as JSON, for tests of what they mean; lines are for the Service's tests.</summary>
internal static class JsonDraft
{
    public static Draft Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new Draft(null, Node(document.RootElement));
    }

    /// <summary>The book of a document that must have no error.</summary>
    public static BookContent Content(string json, BookContent? stored = null, bool prune = false)
    {
        var check = RotaCheck.Check([Read(json)], stored ?? BookContent.Empty, prune);
        check.Problems.ShouldBeEmpty();
        return check.Content!;
    }

    /// <summary>What is wrong with a document: <c>path: sentence</c>.</summary>
    public static IReadOnlyList<string> Problems(string json, BookContent? stored = null, bool prune = false) =>
        [.. RotaCheck.Check([Read(json)], stored ?? BookContent.Empty, prune).Problems.Select(problem => $"{problem.Path}: {problem.Sentence}")];

    private static DraftNode Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new DraftNode.Map([.. element.EnumerateObject().Select(entry => new DraftEntry(entry.Name, Node(entry.Value), 1))], 1),
        JsonValueKind.Array => new DraftNode.List([.. element.EnumerateArray().Select(Node)], 1),
        JsonValueKind.String => new DraftNode.Scalar(element.GetString()!, IsQuoted: true, 1),
        _ => new DraftNode.Scalar(element.GetRawText(), IsQuoted: false, 1),
    };
}
