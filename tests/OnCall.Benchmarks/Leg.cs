using System.Globalization;

namespace OnCall.Benchmarks;

/// <summary>One leg of a call, with the fields that Twilio sends of it (https://www.twilio.com/docs/voice/twiml#request-parameters).</summary>
internal sealed class Leg(string callSid, string from, string to, string direction)
{
    private static readonly string[] Parties = ["From", "To", "Caller", "Called"];
    private static long _lastSid;

    private readonly KeyValuePair<string, string>[] _fields =
    [
        new("CallSid", callSid),
        new("AccountSid", Rig.AccountSid),
        new("From", from),
        new("To", to),
        new("Caller", from),
        new("Called", to),
        new("ApiVersion", "2010-04-01"),
        new("Direction", direction),
        .. Parties.SelectMany(party => new KeyValuePair<string, string>[] { new($"{party}City", ""), new($"{party}State", ""), new($"{party}Zip", ""), new($"{party}Country", "GB") }),
    ];

    public static string NewSid() => string.Create(CultureInfo.InvariantCulture, $"CA{Interlocked.Increment(ref _lastSid):x32}");

    public IReadOnlyCollection<KeyValuePair<string, string>> Fields(string status, params (string Name, string Value)[] more) =>
        [.. _fields, new("CallStatus", status), .. more.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))];

    /// <summary>What a status callback says beside (https://www.twilio.com/docs/voice/api/call-resource#statuscallback).</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Progress(string status, int sequence) => Fields(
        status,
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", sequence.ToString(CultureInfo.InvariantCulture)),
        ("Timestamp", "Wed, 25 Nov 2026 09:00:00 +0000"));
}
