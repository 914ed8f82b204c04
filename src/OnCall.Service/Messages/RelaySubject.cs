using System.Buffers.Text;
using System.Text;

namespace OnCall.Service.Messages;

/// <summary>Which words an address is about: it stands in the query, where Twilio takes letters, digits, - and _ alone, and an adviser's id may have others.</summary>
/// <param name="Message">Twilio's name of the text that came in.</param>
/// <param name="Adviser">Whom the words are for; null = the officer.</param>
internal sealed record RelaySubject(Guid Enquiry, string Message, string? Adviser)
{
    public override string ToString() => $"{Enquiry:N}-{Message}{(Adviser is null ? "" : $"-{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Adviser))}")}";

    /// <returns>Null = it is no such text.</returns>
    public static RelaySubject? Parse(string text) => text.Split('-', 3) is [var enquiry, var message, .. var adviser]
        && Guid.TryParseExact(enquiry, "N", out var id) && adviser.All(encoded => Base64Url.IsValid(encoded))
            ? new RelaySubject(id, message, adviser.Select(encoded => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded))).FirstOrDefault())
            : null;
}
