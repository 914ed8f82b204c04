using OnCall.Testing;

namespace OnCall.Benchmarks;

/// <summary>
/// One call from the first ring to the last: ten webhooks that tell of something. Seven of them always change the enquiry's row; the first three of the
/// adviser's leg that are called progress tell what Twilio's answer, or the fetched document, has told already.
/// </summary>
/// <param name="prefix">Put before each path: a yardstick's word, or nothing.</param>
/// <param name="twilio">Where the adviser's call arrives; null = nobody asks for one, and its callbacks come all the same.</param>
internal sealed class CallFlow(SignedSender to, string prefix, StandIn? twilio, int number, Pace pace, Latencies latencies)
{
    public const int Webhooks = 10;
    public const int Changing = 7;

    private long _notBefore;

    public async Task RunAsync()
    {
        var officer = new Leg(Leg.NewSid(), BenchBook.Officer(number), BenchBook.Line(number), "inbound");
        var room = await HoldAsync(officer, "1");
        var call = await CallAsync($"{room}-1");
        var adviser = new Leg(call.CallSid, BenchBook.Line(number), call.To, "outbound-api");
        _notBefore = call.Answered;

        await TellAsync($"/twilio/status/page?s={call.PageId}", adviser.Progress("initiated", 0));
        await TellAsync($"/twilio/status/page?s={call.PageId}", adviser.Progress("ringing", 1));
        await TellAsync($"/twilio/voice/offer?s={call.PageId}", adviser.Fields("in-progress"));
        await TellAsync($"/twilio/status/page?s={call.PageId}", adviser.Progress("in-progress", 2));
        await TellAsync($"/twilio/voice/offer-key?s={call.PageId}&n=1", adviser.Fields("in-progress", ("Digits", "1"), ("FinishedOnKey", "")));
        await TellAsync($"/twilio/voice/room?s={room}", Room(adviser, "conference-start", call.PageId));
        await TellAsync($"/twilio/voice/room?s={room}", Room(officer, "participant-leave", "officer", ("ReasonParticipantLeft", "participant_hung_up")));
        await TellAsync($"/twilio/status/page?s={call.PageId}", adviser.Progress("completed", 3));
    }

    /// <summary>The call comes in, a key is pressed, and the officer is held.</summary>
    /// <returns>The enquiry's id in 32 hexadecimal digits.</returns>
    public async Task<string> HoldAsync(Leg officer, string key)
    {
        var menu = await TellAsync("/twilio/voice", officer.Fields("ringing"));
        var room = twilio is null ? Guid.NewGuid().ToString("N") : RoomIn(menu);
        await TellAsync($"/twilio/voice/menu?s={room}&n=1", officer.Fields("in-progress", ("Digits", key), ("FinishedOnKey", "")));
        return room;
    }

    /// <summary>What the room tells of a leg.</summary>
    public static IReadOnlyCollection<KeyValuePair<string, string>> Room(Leg leg, string what, string label, params (string Name, string Value)[] more) => leg.Fields(
        "in-progress",
        [("ConferenceSid", "CF00000000000000000000000000000001"), ("StatusCallbackEvent", what), ("ParticipantLabel", label), ("SequenceNumber", "1"), .. more]);

    private async Task<PlacedCall> CallAsync(string pageId)
    {
        if (twilio is null)
        {
            return new PlacedCall(pageId, Leg.NewSid(), Books.Ash, 0, 0);
        }

        var call = await twilio.CallOfAsync(pageId).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        twilio.Forget(pageId);
        return call;
    }

    private async Task<string> TellAsync(string target, IReadOnlyCollection<KeyValuePair<string, string>> fields)
    {
        var intended = await pace.NextAsync(_notBefore);
        var answer = await to.PostAsync(prefix + target, fields);
        latencies.Add(Clock.Since(intended));
        _notBefore = Clock.Now;
        return answer;
    }

    /// <summary>The menu's action: <c>…/voice/menu?s=ROOM&amp;n=1</c>.</summary>
    private static string RoomIn(string twiml) => twiml.Split("menu?s=") is [_, { Length: > 32 } rest, ..]
        ? rest[..32]
        : throw new InvalidOperationException("the service did not answer an arriving call with its menu");
}
