using System.Globalization;
using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>What a webhook tells of the officer's leg.</summary>
/// <param name="From">The officer's number; null = withheld.</param>
internal sealed record OfficersLeg(string CallSid, PhoneNumber Line, PhoneNumber? From)
{
    /// <summary>
    /// One that was called back has the two numbers the other way round. The line's number is the one for calls, whichever of its numbers was dialled: who was texted calls the number from which
    /// the text came, and is to find the enquiry there.
    /// </summary>
    public static OfficersLeg Read(TwilioForm form, RotaBook book)
    {
        var isCalled = IsCalledBack(form);
        return new OfficersLeg(form["CallSid"] ?? "", book.LineNumberOf(form[isCalled ? "From" : "To"]), CallerId.Read(form[isCalled ? "To" : "From"]));
    }

    public static bool IsCalledBack(TwilioForm form) => form["Direction"]?.StartsWith("outbound", StringComparison.Ordinal) == true;

    public static bool IsOver(TwilioForm form) => form["CallStatus"] == "completed" || form["QueueResult"] == "hangup";

    public static ChainRequest RequestOf(Door door, ChainState state, TwilioForm form) => new(door, state, DialOf(form), form.Digits, form["RecordingSid"], Recorded(form));

    /// <summary>How a dial ended, of which the request tells (https://www.twilio.com/docs/voice/twiml/dial#attributes-action).</summary>
    private static DialEnd DialOf(TwilioForm form) =>
        new(form["DialCallStatus"] ?? "canceled", form["DialCallSid"], form["DialBridged"] == "true", IsOver(form));

    private static Duration Recorded(TwilioForm form) =>
        int.TryParse(form["RecordingDuration"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Duration.FromSeconds(seconds) : Duration.Zero;
}
