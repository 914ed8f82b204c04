using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace OnCall.Service.Twilio;

/// <summary>A call, as far as we read it.</summary>
/// <param name="Status">queued, ringing, in-progress, completed, busy, failed, no-answer or canceled.</param>
/// <param name="DateCreated">Null only where Twilio leaves it out.</param>
/// <param name="EndTime">Null = it is not over, or Twilio leaves it out.</param>
/// <param name="Direction">inbound, outbound-api or outbound-dial.</param>
internal sealed record TwilioCall(string Sid, string? To, string? From, string? Status, Instant? DateCreated, Instant? EndTime = null, string? Direction = null, string? Duration = null)
{
    public bool IsInbound => Direction == "inbound";

    /// <summary>Whether a request of ours placed it, and no document dialled it.</summary>
    public bool IsRequested => Direction == "outbound-api";

    public Duration Length => int.TryParse(Duration, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? NodaTime.Duration.FromSeconds(seconds) : NodaTime.Duration.Zero;

    /// <summary>Whether a call of that status has ended, in whatever way.</summary>
    public static bool IsOver(string? status) => status is "completed" or "busy" or "failed" or "no-answer" or "canceled";
}

internal sealed record TwilioCalls(IReadOnlyList<TwilioCall> Calls);

/// <summary>A text, as far as we read it.</summary>
/// <param name="ErrorCode">Why it failed or was not delivered; null otherwise.</param>
/// <param name="Direction">inbound, outbound-api, outbound-call or outbound-reply.</param>
/// <param name="NumMedia">How many pictures and the like came with it, as text.</param>
internal sealed record TwilioMessage(
    string Sid, string? To, string? From, string? Body, string? Status, int? ErrorCode, Instant? DateCreated, string? Direction = null, string? NumMedia = null)
{
    public bool IsInbound => Direction == "inbound";

    /// <summary>What the webhook would have said of it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Form =>
        [new("MessageSid", Sid), new("From", From ?? ""), new("To", To ?? ""), new("Body", Body ?? ""), new("NumMedia", NumMedia ?? "0")];
}

/// <param name="NextPageUri">Null = this is the last page.</param>
internal sealed record TwilioMessages(IReadOnlyList<TwilioMessage> Messages, string? NextPageUri = null);

/// <summary>A recording, as far as we read it.</summary>
/// <param name="Duration">Whole seconds, as text; null while it is not ready.</param>
/// <param name="Status">in-progress, paused, stopped, processing, completed, absent, deleted.</param>
internal sealed record TwilioRecording(string Sid, string? Duration, string? Status, string? CallSid = null, Instant? DateCreated = null)
{
    public Duration Length => int.TryParse(Duration, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? NodaTime.Duration.FromSeconds(seconds) : NodaTime.Duration.Zero;
}

internal sealed record TwilioRecordings(IReadOnlyList<TwilioRecording> Recordings);

/// <summary>One of the account's numbers and where it leads.</summary>
internal sealed record TwilioNumber(
    string Sid,
    string PhoneNumber,
    string? VoiceUrl,
    string? VoiceMethod,
    string? VoiceFallbackUrl,
    string? VoiceFallbackMethod,
    string? SmsUrl,
    string? SmsMethod,
    string? SmsFallbackUrl,
    string? SmsFallbackMethod,
    string? StatusCallback,
    string? StatusCallbackMethod);

internal sealed record TwilioNumbersPage(IReadOnlyList<TwilioNumber> IncomingPhoneNumbers);

/// <summary>Reads RFC 2822 dates: <c>Tue, 31 Aug 2010 20:36:28 +0000</c>. What is none is null: a date decides nothing that could not wait.</summary>
internal sealed class Rfc2822Converter : JsonConverter<Instant?>
{
    public override Instant? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Instant.FromDateTimeOffset(date)
            : null;

    public override void Write(Utf8JsonWriter writer, Instant? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.ToDateTimeOffset().ToString("r", CultureInfo.InvariantCulture));
}
