using System.Xml.Linq;

namespace OnCall.Benchmarks;

/// <summary>One call that documents alone lead on: the officer presses 1, the adviser whom the document dials presses 1, they talk, and the officer hangs up.</summary>
/// <param name="latencies">Of a webhook that leaves now.</param>
internal sealed class ChainCall(SignedSender to, int number, Func<Latencies> latencies)
{
    public const int Webhooks = 6;

    private readonly Leg _officer = new(Leg.NewSid(), BenchBook.Officer(number), BenchBook.Line(number), "inbound");

    /// <param name="hesitates">How long each of them takes for each answer.</param>
    public async Task RunAsync(TimeSpan hesitates)
    {
        var menu = await TellAsync("/twilio/voice", _officer.Fields("ringing"));
        await Task.Delay(hesitates, TimeProvider.System);
        var dial = await TellAsync(In(menu, "Gather", "action"), _officer.Fields("in-progress", ("Digits", "1"), ("FinishedOnKey", "")));
        await Task.Delay(hesitates, TimeProvider.System);
        var sid = Leg.NewSid();
        var adviser = new Leg(sid, BenchBook.Line(number), dial.Descendants("Number").Single().Value, "outbound-dial");
        var offer = await TellAsync(In(dial, "Number", "url"), adviser.Fields("in-progress"));
        await Task.Delay(hesitates, TimeProvider.System);
        await TellAsync(In(offer, "Gather", "action"), adviser.Fields("in-progress", ("Digits", "1"), ("FinishedOnKey", "")));
        await Task.Delay(hesitates, TimeProvider.System);
        await TellAsync(In(dial, "Dial", "action"), _officer.Fields("completed", ("DialCallStatus", "completed"), ("DialCallSid", sid), ("DialBridged", "true")));
        await TellAsync("/twilio/status/call", _officer.Progress("completed", 1));
    }

    /// <summary>Where a document leads on to: path and query.</summary>
    private static string In(XDocument document, string verb, string attribute) =>
        new Uri(document.Descendants(verb).First().Attribute(attribute)!.Value).PathAndQuery;

    private async Task<XDocument> TellAsync(string target, IReadOnlyCollection<KeyValuePair<string, string>> fields)
    {
        var (leaves, into) = (Clock.Now, latencies());
        var answer = await to.PostAsync(target, fields);
        into.Add(Clock.Since(leaves));
        return answer.Length == 0 ? new XDocument() : XDocument.Parse(answer);
    }
}
