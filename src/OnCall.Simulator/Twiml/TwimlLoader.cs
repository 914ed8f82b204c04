using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml;

/// <summary>Gets documents and checks them. Content types: https://www.twilio.com/docs/voice/twiml#twilio-understands-mime-types.</summary>
internal sealed class TwimlLoader(Account account)
{
    /// <exception cref="TwimlFailure">The document cannot be had, or is none.</exception>
    public async Task<TwimlDocument> LoadAsync(Fetch fetch, Parameters parameters, CookieJar cookies, TwimlRules rules, CancellationToken cancellation)
    {
        var document = fetch.Twiml is { } given
            ? TwimlDocument.Parse(given, "")
            : await AskAsync(fetch, parameters, cookies, rules, cancellation);
        rules.Check(document, (message, subject) => account.Report(12200, message, subject));
        return document;
    }

    private async Task<TwimlDocument> AskAsync(Fetch fetch, Parameters parameters, CookieJar cookies, TwimlRules rules, CancellationToken cancellation)
    {
        // A leg that is redirected or gone waits no longer, but the request is not broken off: the customer's server does its work to the end.
        var answered = new Signal<WebhookAnswer>();
        account.Loop.Start(async () => answered.Set(await account.Web.SendAsync(fetch.IsFallback ? "fallback" : rules.Kind, new Callback(fetch.Url, fetch.Method), parameters, cookies, account.Stopping)));
        var answer = await answered.WaitAsync(cancellation);
        if (answer.ErrorCode != 0)
        {
            throw new TwimlFailure(answer.ErrorCode, answer.Error, fetch.Url);
        }

        var redirected = answer.Url != fetch.Url.Split('#')[0];
        return Read(answer, redirected ? answer.Url : fetch.Url, rules);
    }

    private static TwimlDocument Read(WebhookAnswer answer, string url, TwimlRules rules) => answer.ContentType.ToLowerInvariant() switch
    {
        _ when answer.IsAudio && rules.AllowsAudio => TwimlDocument.Of("Play", answer.Url, url),
        "text/xml" or "application/xml" or "text/html" => TwimlDocument.Parse(answer.Body, url),
        "text/plain" => ReadPlain(answer.Body, url, rules),
        "" when answer.Status == 204 && rules.AllowsNothing => TwimlDocument.Parse("<Response/>", url),
        "" => throw new TwimlFailure(11200, $"HTTP retrieval failure: status {answer.Status} without content type where TwiML was expected", url),
        var other => throw new TwimlFailure(12300, $"invalid content type {other}", url),
    };

    private static TwimlDocument ReadPlain(string text, string url, TwimlRules rules)
    {
        try
        {
            return TwimlDocument.Parse(text, url);
        }
        catch (TwimlFailure)
        {
            return TwimlDocument.Of(rules.AllowsAudio ? "Say" : "Message", text, url);
        }
    }
}
