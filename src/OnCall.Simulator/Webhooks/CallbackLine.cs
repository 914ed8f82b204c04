using OnCall.Simulator.Telephony;

namespace OnCall.Simulator.Webhooks;

/// <summary>
/// The callbacks about one thing (a call, a text, a room), one after another, beside whatever the thing is doing. They have no fallback: what fails after its
/// retries is lost. Source: https://www.twilio.com/docs/voice/api/call-resource#statuscallback. That the next one waits for the answer to the last is assumed (check 30).
/// </summary>
internal sealed class CallbackLine(Account account, string kind, int badAnswerCode)
{
    private readonly Queue<(Callback To, Parameters Parameters)> waiting = new();
    private (Callback To, Parameters Parameters)? heldBack;
    private bool sending;

    public void Send(Callback to, Parameters parameters)
    {
        switch (account.Faults.TakeCallbackFault(kind, to, parameters))
        {
            case { Kind: CallbackFaultKind.Drop }:
                return;
            case { Kind: CallbackFaultKind.Delay } late:
                account.Loop.After(late.Delay, () => Enqueue(to, parameters));
                return;
            case { Kind: CallbackFaultKind.Reorder }:
                heldBack = (to, parameters);
                return;
            case { Kind: CallbackFaultKind.Duplicate }:
                waiting.Enqueue((to, parameters));
                break;
        }

        Enqueue(to, parameters);
    }

    private void Enqueue(Callback to, Parameters parameters)
    {
        waiting.Enqueue((to, parameters));
        if (heldBack is { } late)
        {
            waiting.Enqueue(late);
            heldBack = null;
        }

        if (!sending)
        {
            sending = true;
            account.Loop.Start(SendAllAsync);
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            var tokens = new Dictionary<Parameters, string>(ReferenceEqualityComparer.Instance);
            while (waiting.TryDequeue(out var next))
            {
                var token = tokens.TryGetValue(next.Parameters, out var known) ? known : tokens[next.Parameters] = Guid.NewGuid().ToString();
                var answer = await account.Web.SendAsync(kind, next.To, next.Parameters, cookies: null, account.Stopping, token);
                Judge(answer, next.To.Url);
            }
        }
        finally
        {
            sending = false;
        }
    }

    private void Judge(WebhookAnswer answer, string url)
    {
        if (answer.Status >= 400)
        {
            account.Report(badAnswerCode, $"a {kind} callback was answered {answer.Status}", url);
        }
        else if (answer.ErrorCode != 0)
        {
            account.Report(answer.ErrorCode, answer.Error, url);
        }
        else if (answer.Status != 204 && answer.ContentType.Length == 0)
        {
            account.Report(11200, $"a {kind} callback was answered {answer.Status} without content type: answer 204, or an empty Response as text/xml", url);
        }
    }
}
