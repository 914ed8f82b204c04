using System.Text.Json;

namespace OnCall.Testing;

/// <summary>An enquiry as the API shows it.</summary>
/// <param name="Timeline">The record, one line an entry: <c>page-sent a.khan call</c>.</param>
public sealed record SeenEnquiry(string Id, string Ref, string State, string? Owner, string? AcceptedBy, string? From, string? Desk, string Priority, IReadOnlyList<string> Timeline)
{
    /// <summary>The ref as it is spoken, digit by digit.</summary>
    public string SpokenRef => string.Join(", ", Ref.ToCharArray());

    public static SeenEnquiry Of(JsonElement enquiry)
    {
        string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
        return new SeenEnquiry(
            Text(enquiry, "id")!,
            Text(enquiry, "ref")!,
            Text(enquiry, "state")!,
            Text(enquiry, "owner"),
            Text(enquiry, "acceptedBy"),
            Text(enquiry, "from"),
            Text(enquiry, "desk"),
            Text(enquiry, "priority")!,
            [.. enquiry.GetProperty("timeline").EnumerateArray().Select(entry => string.Join(' ', new[] { Text(entry, "event"), Text(entry, "adviser"), Text(entry, "method") }.OfType<string>()))]);
    }
}
