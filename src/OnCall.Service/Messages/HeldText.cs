namespace OnCall.Service.Messages;

/// <summary>A webhook about a text that could not be handled when it came, to be handled once the database is back.</summary>
/// <param name="Subject">What its address named; null = nothing.</param>
/// <param name="Form">Every field, as it was sent.</param>
internal sealed record HeldText(TextTold Kind, string? Subject, IReadOnlyList<KeyValuePair<string, string>> Form);

/// <summary>What a webhook about a text tells.</summary>
internal enum TextTold
{
    /// <summary>One came in.</summary>
    Received,

    /// <summary>How the text of a page goes.</summary>
    Paged,

    /// <summary>How words that were passed on go.</summary>
    Relayed,
}
