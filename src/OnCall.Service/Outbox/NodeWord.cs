using System.Globalization;

namespace OnCall.Service.Outbox;

/// <summary>What a node tells the others: <c>4821</c> = there is work; <c>4821 rest-fails</c>, <c>4821 rest-answers</c> = how it finds Twilio's REST API.</summary>
/// <param name="RestFails">Null = it says nothing of that.</param>
internal sealed record NodeWord(int Node, bool? RestFails)
{
    /// <summary>Null = it is no word of a node.</summary>
    public static NodeWord? Read(string text)
    {
        var parts = text.Split(' ');
        return !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var node) ? null
            : new NodeWord(node, parts.ElementAtOrDefault(1) switch { "rest-fails" => true, "rest-answers" => false, _ => null });
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Node}{RestFails switch { true => " rest-fails", false => " rest-answers", null => "" }}");
}
