using System.Xml.Linq;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;
using OnCall.Simulator.Twiml.Verbs;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml;

/// <summary>One document being performed: what its verbs need.</summary>
internal sealed class Performance(Scene scene, TwimlDocument document)
{
    public Scene Scene => scene;

    public TwimlDocument Document => document;

    public Account Account => scene.Account;

    public EventLoop Loop => scene.Account.Loop;

    /// <summary>The leg; only verbs that the scene's rules keep to legs ask for it.</summary>
    public Call Call => scene.Call!;

    public async Task<Step> PerformAllAsync(CancellationToken cancellation)
    {
        foreach (var verb in document.Response.Elements().Where(v => scene.Rules.Verbs.Contains(v.Name.LocalName)))
        {
            var step = await PerformAsync(verb, cancellation);
            if (step is not Step.Next)
            {
                return step;
            }
        }

        return Step.Next.Verb;
    }

    /// <summary>Says, plays and pauses what is inside a verb.</summary>
    public async Task PerformInsideAsync(XElement verb, CancellationToken cancellation)
    {
        foreach (var inner in verb.Elements().Where(e => e.Name.LocalName is "Say" or "Play" or "Pause"))
        {
            await PerformAsync(inner, cancellation);
        }
    }

    /// <summary>All who hear this document hear something.</summary>
    public void Hear(string kind, string text, string? language = null)
    {
        foreach (var call in scene.Audience())
        {
            call.Hear(kind, text, language);
        }
    }

    /// <summary>A verb of a leg's own document takes hold: an inbound call is answered by it.</summary>
    public void TakeHold(string position, bool answers = true)
    {
        if (scene.IsMain)
        {
            Call.Position = position;
            if (answers)
            {
                Call.Answer();
            }
        }
    }

    /// <summary>The document that a verb's action leads to.</summary>
    public Step.Go Go(string address, HttpMethod method, Parameters parameters) => new(new Fetch(document.Resolve(address), method, parameters));

    /// <summary>The document that the verb's <c>action</c> leads to, or the next verb if it has none.</summary>
    public Step Act(XElement verb, Parameters parameters) =>
        verb.Text("action") is { Length: > 0 } action ? Go(action, verb.Method(), parameters) : Step.Next.Verb;

    /// <summary>Tells the verb's <c>action</c> how it ended, although nothing of the answer will run: the leg is gone, or elsewhere.</summary>
    public void TellAction(XElement verb, Parameters parameters)
    {
        if (verb.Text("action") is not { Length: > 0 } action)
        {
            return;
        }

        var to = new Callback(document.Resolve(action), verb.Method());
        var all = scene.Parameters().AddRange(parameters);
        Loop.Start(async () =>
        {
            var answer = await Account.Web.SendAsync("twiml", to, all, Call.Cookies, Account.Stopping);
            if (answer.ErrorCode != 0)
            {
                Account.Report(answer.ErrorCode, answer.Error, to.Url);
            }
        });
    }

    private Task<Step> PerformAsync(XElement verb, CancellationToken cancellation) => verb.Name.LocalName switch
    {
        "Say" => SpeechVerbs.SayAsync(this, verb, cancellation),
        "Play" => SpeechVerbs.PlayAsync(this, verb, cancellation),
        "Pause" => SpeechVerbs.PauseAsync(this, verb, cancellation),
        "Gather" => GatherVerb.PerformAsync(this, verb, cancellation),
        "Redirect" => Task.FromResult<Step>(Go(verb.Value.Trim(), verb.Method(), [])),
        "Hangup" => Task.FromResult<Step>(new Step.Stop(TwimlEnd.HungUp)),
        "Reject" => Task.FromResult(RejectVerb.Perform(this, verb)),
        "Leave" => Task.FromResult<Step>(new Step.Stop(TwimlEnd.Left)),
        "Enqueue" => EnqueueVerb.PerformAsync(this, verb, cancellation),
        "Dial" => DialVerb.PerformAsync(this, verb, cancellation),
        "Record" => RecordVerb.PerformAsync(this, verb, cancellation),
        _ => Task.FromResult<Step>(Step.Next.Verb),
    };
}
