using NodaTime;

namespace OnCall.Core.People;

/// <summary>The expert who is on duty and takes calls and texts on a phone.</summary>
/// <param name="Id">a-z, 0-9, '.', '-'; 1 to 64 characters.</param>
/// <param name="Name">As people call them.</param>
/// <param name="Phone">For calls.</param>
/// <param name="Sms">For texts; null = takes no texts.</param>
/// <param name="Email">Optional.</param>
/// <param name="Languages">ISO 639-1 codes, the best one first; may be empty.</param>
/// <param name="From">From when the adviser counts, inclusive; null = always did.</param>
/// <param name="Until">Until when the adviser counts, exclusive; null = without end.</param>
public sealed record Adviser(
    string Id, string Name, PhoneNumber Phone, PhoneNumber? Sms, string? Email, ValueList<string> Languages, Instant? From, Instant? Until)
{
    /// <summary>In which the adviser is spoken and written to: a page must be understood at three in the morning, so only who names Welsh first gets it.</summary>
    public Language Language => Languages is ["cy", ..] ? Language.Welsh : Language.English;
}
