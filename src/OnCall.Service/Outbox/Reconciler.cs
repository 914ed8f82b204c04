using NodaTime;
using Npgsql;
using OnCall.Service.Twilio;

namespace OnCall.Service.Outbox;

/// <summary>Looks at Twilio for a call or text whose request left and whose answer did not come.</summary>
internal sealed class Reconciler(TwilioApi twilio, NpgsqlDataSource source)
{
    /// <summary>Twilio's dates have whole seconds, and its clock is not ours.</summary>
    private static readonly Duration Slack = Duration.FromSeconds(2);

    /// <summary>The call that the request made: to the number, from whichever of ours it went out (<see cref="ShownNumbers"/>), not older than the request, and nobody's yet. What an officer's own call dials is another's from the start.</summary>
    /// <returns>Done = it is there; null = it is not; else Twilio does not say.</returns>
    public async Task<TwilioOutcome?> FindCallAsync(NewCall call, Instant sentAt, CancellationToken stop)
    {
        var (calls, failure) = await AskAsync(() => twilio.ListCallsAsync(call.To, stop), stop);
        foreach (var candidate in calls.Where(candidate => candidate.IsRequested && candidate.DateCreated >= sentAt - Slack))
        {
            if (!await IsKnownAsync(candidate.Sid, stop))
            {
                return new TwilioOutcome.Done(candidate.Sid);
            }
        }

        return failure;
    }

    /// <summary>The text that the request made: the same words between the two numbers, not older than the request.</summary>
    /// <returns>Done = it is there; null = it is not; else Twilio does not say.</returns>
    public async Task<TwilioOutcome?> FindTextAsync(NewText text, Instant sentAt, CancellationToken stop)
    {
        var (texts, failure) = await AskAsync(() => twilio.ListMessagesAsync(text.To, text.From, stop), stop);
        return texts.FirstOrDefault(message => message.Body == text.Body && message.DateCreated >= sentAt - Slack) is { } found
            ? new TwilioOutcome.Done(found.Sid)
            : failure;
    }

    private static async Task<(IReadOnlyList<T> Found, TwilioOutcome? Failure)> AskAsync<T>(Func<Task<IReadOnlyList<T>>> list, CancellationToken stop)
    {
        try
        {
            return (await list(), null);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return ([], TwilioVerdict.Of(e));
        }
    }

    private async Task<bool> IsKnownAsync(string callSid, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT EXISTS (SELECT FROM legs WHERE call_sid = $1)");
        command.Parameters.Add(new() { Value = callSid });
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }
}
