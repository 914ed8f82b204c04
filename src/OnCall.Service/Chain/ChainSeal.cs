using System.Buffers.Text;
using System.Text;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Escalation;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>
/// Seals the state of the chain, so that it may travel in an address: signed, since Twilio hands it back, and unreadable, since a number stands in it. An
/// HMAC of the content is the nonce of <see cref="TokenCipher"/>, so that the same state gives the same address; all is base64url, nothing but
/// <c>A-Z a-z 0-9 _ -</c>.
/// </summary>
internal sealed class ChainSeal(TwilioSettings twilio, TimeProvider time)
{
    /// <summary>A talk may last four hours, and its end is told with the state from before it (https://www.twilio.com/docs/voice/twiml/dial#timelimit).</summary>
    private static readonly Duration Valid = Duration.FromHours(5);

    private static readonly Duration ClocksDiffer = Duration.FromMinutes(1);

    private readonly TokenCipher _cipher = new(twilio, "oncall chain 1");

    public string Seal(ChainState state) => Base64Url.EncodeToString(
        _cipher.Write(new Envelope(time.GetCurrentInstant().ToUnixTimeSeconds(), state), content => _cipher.Hash(content, TokenCipher.Nonce)));

    /// <summary>Reads a state; null = it was not sealed by us, or too long ago.</summary>
    public ChainState? Open(string text)
    {
        if (!Base64Url.IsValid(text) || _cipher.Read<Envelope>(Base64Url.DecodeFromChars(text)) is not { } envelope)
        {
            return null;
        }

        var age = time.GetCurrentInstant() - Instant.FromUnixTimeSeconds(envelope.At);
        return age <= Valid && age >= -ClocksDiffer ? envelope.State : null;
    }

    /// <summary>The id of the enquiry that a call will have: the same whenever it is asked for, so that a repeated webhook gets the same answer.</summary>
    public Guid EnquiryOf(string callSid) => new(_cipher.Hash(Encoding.UTF8.GetBytes($"enquiry of {callSid}"), 16));

    /// <param name="At">When, in seconds since 1970.</param>
    private sealed record Envelope(long At, ChainState State);
}
