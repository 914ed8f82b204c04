using System.Xml.Linq;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>
/// Dial: the leg is connected with numbers, a room or the front of a queue. Source: https://www.twilio.com/docs/voice/twiml/dial.
/// Assumed: a caller who rings off during a Dial leaves one last request to its action (check 19).
/// </summary>
internal static class DialVerb
{
    public static async Task<Step> PerformAsync(Performance performance, XElement verb, CancellationToken cancellation)
    {
        var nouns = verb.Elements().Where(e => e.Name.LocalName is "Number" or "Conference" or "Queue").ToList();
        if (nouns.Select(n => n.Name.LocalName).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            throw new TwimlFailure(13000, "Dial mixes different nouns", performance.Document.Url);
        }

        if (nouns.Count == 0)
        {
            nouns.Add(new XElement("Number", verb.Words()));
        }

        Check(performance, verb);
        performance.TakeHold("dialling", answers: !verb.Flag("answerOnBridge", otherwise: false));
        try
        {
            return performance.Act(verb, await DialAsync(performance, verb, nouns, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && performance.Call.IsOver)
        {
            performance.TellAction(verb, new Parameters().Add("DialCallStatus", nouns[0].Name == "Conference" ? "answered" : "completed"));
            throw;
        }
    }

    /// <summary>How long a dialled party may ring: the attribute and always 5 seconds more. Source: https://www.twilio.com/docs/voice/twiml/dial#timeout.</summary>
    public static TimeSpan RingTime(XElement dial) => TimeSpan.FromSeconds(dial.Number("timeout", 30) + 5);

    private static Task<Parameters> DialAsync(Performance performance, XElement verb, List<XElement> nouns, CancellationToken cancellation) => nouns[0].Name.LocalName switch
    {
        "Conference" => DialConference.PerformAsync(performance, verb, nouns[0], cancellation),
        "Queue" => DialQueue.PerformAsync(performance, verb, nouns[0], cancellation),
        _ => new DialNumbers(performance, verb, nouns).PerformAsync(cancellation),
    };

    private static void Check(Performance performance, XElement verb)
    {
        if (verb.Text("callerId") is { } callerId && callerId != performance.Call.From && performance.Account.FindNumber(callerId) is null)
        {
            throw new TwimlFailure(13247, $"Dial: {callerId} is neither the caller's number nor one of the account", performance.Document.Url);
        }

        if (verb.Text("record") is not (null or "do-not-record" or "false"))
        {
            performance.Account.ReportStrict("the simulator does not record Dial", performance.Document.Url);
        }
    }
}
