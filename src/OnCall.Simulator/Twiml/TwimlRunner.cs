using OnCall.Simulator.Telephony;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml;

/// <summary>
/// Runs documents, one leading to the next, until there is nothing left to do. A document that fails sends the leg to its fallback address, with ErrorCode and
/// ErrorUrl, as often as it happens but not from the fallback itself (assumed, check 35); without one it hears the application error and the call ends. Sources: https://www.twilio.com/docs/voice/twiml,
/// https://www.twilio.com/docs/usage/webhooks/webhooks-overview (fallback).
/// </summary>
internal sealed class TwimlRunner(Scene scene)
{
    /// <summary>Documents in a row that take no time at all: a loop of redirects. The number is assumed (check 34).</summary>
    private const int MostInAnInstant = 50;

    private readonly TwimlLoader loader = new(scene.Account);
    private DateTimeOffset instant;
    private int inThisInstant;

    /// <summary>What a leg does with its own documents.</summary>
    public static Func<CancellationToken, Task> For(Call call, Fetch first) => cancellation => new TwimlRunner(Scene.OfLeg(call)).RunAsync(first, cancellation);

    public async Task<TwimlEnd> RunAsync(Fetch first, CancellationToken cancellation)
    {
        var fetch = first;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                ForbidEndlessLoops(fetch);
                switch (await RunOneAsync(fetch, cancellation))
                {
                    case Step.Go go:
                        fetch = go.Fetch;
                        break;
                    case Step.Stop stop:
                        return stop.End;
                    default:
                        return TwimlEnd.Document;
                }
            }
            catch (TwimlFailure failure)
            {
                scene.Account.Report(failure.Code, failure.Message, failure.Url);
                if (scene.IsMain && !fetch.IsFallback && scene.Call!.Fallback is { } fallback)
                {
                    var error = new Parameters().Add("ErrorCode", failure.Code).Add("ErrorUrl", failure.Url);
                    fetch = new Fetch(fallback.Url, fallback.Method, error, IsFallback: true);
                    continue;
                }

                return scene.IsMain ? await ApologiseAsync(scene.Call!, failure, cancellation) : TwimlEnd.Failed;
            }
        }
    }

    private async Task<Step> RunOneAsync(Fetch fetch, CancellationToken cancellation)
    {
        var parameters = scene.Parameters().AddRange(fetch.Extra);
        var document = await loader.LoadAsync(fetch, parameters, scene.Call?.Cookies ?? new CookieJar(), scene.Rules, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return await new Performance(scene, document).PerformAllAsync(cancellation);
    }

    private void ForbidEndlessLoops(Fetch fetch)
    {
        var now = scene.Account.Loop.Now;
        inThisInstant = now == instant ? inThisInstant + 1 : 1;
        instant = now;
        if (inThisInstant > MostInAnInstant)
        {
            throw new TwimlFailure(11215, "documents lead to each other and take no time", fetch.Url);
        }
    }

    private async Task<TwimlEnd> ApologiseAsync(Call call, TwimlFailure failure, CancellationToken cancellation)
    {
        call.Answer();
        scene.Account.Report(failure.Code, "the caller hears the application error", call.Sid);
        call.Hear("say", "We are sorry. An application error has occurred. Goodbye.");
        await scene.Account.Loop.Delay(TimeSpan.FromSeconds(4), cancellation);
        return TwimlEnd.HungUp;
    }
}
