using System.Text.Json.Serialization;

namespace OnCall.Core.Escalation;

/// <summary>Something that the officer or an adviser wrote; what it says is kept elsewhere, where it can be redacted.</summary>
/// <param name="Message">Twilio's name of the text.</param>
/// <param name="Adviser">Who wrote it; null = the officer.</param>
/// <param name="Length">In characters.</param>
/// <param name="LostTo">Whom it did not reach: an adviser, or <see cref="TheOfficer"/>; null = nobody, as far as is known.</param>
public sealed record Word(
    string Message, string? Adviser, int Length, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LostTo = null)
{
    /// <summary>No adviser's id.</summary>
    public const string TheOfficer = "";

    /// <summary>The characters of the words that one text passes on; Twilio takes 1,600 in all, and something stands before them.</summary>
    public const int PartLength = 1500;

    /// <summary>In how many texts it is passed on.</summary>
    [JsonIgnore]
    public int Parts => Math.Max(1, (Length + PartLength - 1) / PartLength);
}
