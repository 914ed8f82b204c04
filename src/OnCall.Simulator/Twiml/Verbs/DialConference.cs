using System.Collections.Immutable;
using System.Xml.Linq;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>
/// Dial with a Conference. Source: https://www.twilio.com/docs/voice/twiml/conference. A label that is taken (16025) or a full room (16020) keeps the leg out:
/// https://www.twilio.com/docs/api/errors/16025; that its action then reads <c>failed</c> is assumed (check 15).
/// </summary>
internal static class DialConference
{
    public static async Task<Parameters> PerformAsync(Performance performance, XElement dial, XElement noun, CancellationToken cancellation)
    {
        var name = noun.Words();
        if (name.Length is 0 or > 128)
        {
            throw new TwimlFailure(13237, $"Conference: the room's name has {name.Length} characters", performance.Document.Url);
        }

        var seating = Read(performance, noun);
        var room = performance.Account.Room(name);
        if (room.Refusal(seating) is var code and not 0)
        {
            performance.Account.Report(code, code == 16025 ? $"the label {seating.Label} is taken in the room" : "the room is full", performance.Call.Sid);
            return new Parameters().Add("DialCallStatus", "failed").Add("DialBridged", value: false);
        }

        if (dial.Flag("hangupOnStar", otherwise: false))
        {
            performance.Call.KeyPressed = key => LeaveOnStar(key, performance.Call);
        }

        var talked = false;
        try
        {
            await room.SitAsync(performance.Call, seating, cancellation);
        }
        finally
        {
            performance.Call.KeyPressed = null;
            talked = room.WasStarted;
        }

        return new Parameters().Add("DialCallStatus", "answered").Add("DialBridged", talked);
    }

    private static void LeaveOnStar(char key, Call call)
    {
        if (key == '*' && call.Seat is { } seat)
        {
            seat.Room.Leave(seat, "participant_hung_up");
        }
    }

    private static Seating Read(Performance performance, XElement noun)
    {
        string? Address(string attribute) => noun.Text(attribute) is { Length: > 0 } url ? performance.Document.Resolve(url) : null;
        return new Seating
        {
            Label = noun.Text("participantLabel"),
            Muted = noun.Flag("muted", otherwise: false),
            StartsRoom = noun.Flag("startConferenceOnEnter", otherwise: true),
            EndsRoom = noun.Flag("endConferenceOnExit", otherwise: false),
            WaitUrl = Callback.From(Address("waitUrl"), noun.Text("waitMethod")),
            Silent = noun.Text("waitUrl") is "",
            MostParticipants = noun.Number("maxParticipants", 250),
            StatusCallback = Callback.From(Address("statusCallback"), noun.Text("statusCallbackMethod")),
            Events = (noun.Text("statusCallbackEvent") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableHashSet(),
        };
    }
}
