using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;

namespace OnCall.Service.Outbox;

/// <summary>The quarantine as it was a moment ago.</summary>
/// <param name="ReadAt">When it was read.</param>
internal sealed record QuarantineList(IReadOnlyList<QuarantineRow> Rows, Instant ReadAt)
{
    /// <summary>Whether it knows the number at all, be it of the past.</summary>
    public bool Knows(PhoneNumber number, PageMethod method) => Rows.Any(row => row.Number == number.Value && row.Method == method);

    /// <summary>Why a number is left alone at an instant; null = it is not.</summary>
    /// <param name="sender">The line's number.</param>
    public string? WhyNot(PhoneNumber number, PhoneNumber sender, PageMethod method, Instant now) => Rows
        .Where(row => row.Number == number.Value && row.Method == method && Holds(row, now) && (row.Sender.Length == 0 || row.Sender == sender.Value)).Select(Sentence).FirstOrDefault();

    /// <summary>For whoever decides whom to text.</summary>
    public Untextable At(Instant now) => Rows.Count == 0 ? Untextable.None : new(Rows.Where(row => row.Method == PageMethod.Sms && Holds(row, now))
        .Select(row => (PhoneNumber.Parse(row.Number), row.Sender.Length == 0 ? null : PhoneNumber.Parse(row.Sender), Sentence(row))));

    public static bool Holds(QuarantineRow row, Instant now) => row.Until is null || now < row.Until;

    /// <summary>Without the number.</summary>
    public static string Reason(QuarantineRow row) =>
        $"{(row.Method == PageMethod.Sms ? NumberFault.OfText(row.Code) : NumberFault.OfCall(row.Code))?.Reason ?? "Twilio refused it"} ({row.Code})";

    private static string Sentence(QuarantineRow row) => $"{(row.Method == PageMethod.Sms ? "takes no texts" : "cannot be called")} for a time: {Reason(row)}";
}
