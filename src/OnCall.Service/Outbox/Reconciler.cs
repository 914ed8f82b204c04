using NodaTime;
using Npgsql;
using OnCall.Core.Escalation;
using OnCall.Service.Twilio;

namespace OnCall.Service.Outbox;

/// <summary>Looks at Twilio for a call or text whose request left and whose answer did not come.</summary>
internal sealed class Reconciler(TwilioApi twilio, NpgsqlDataSource source)
{
    /// <summary>Twilio's dates have whole seconds, and its clock is not ours.</summary>
    private static readonly Duration Slack = Duration.FromSeconds(2);

    /// <summary>The call that the request made: between the two numbers, not older than the request, and nobody's yet.</summary>
    public async Task<string?> FindCallAsync(NewCall call, Instant sentAt, CancellationToken stop)
    {
        var calls = await twilio.ListCallsAsync(call.To, call.From, stop);
        foreach (var candidate in calls.Where(candidate => candidate.DateCreated >= sentAt - Slack))
        {
            if (!await IsKnownAsync(candidate.Sid, stop))
            {
                return candidate.Sid;
            }
        }

        return null;
    }

    public async Task<bool> HasTextAsync(Effect.SendText text, Instant sentAt, CancellationToken stop) =>
        (await twilio.ListMessagesAsync(text.To.Value, text.From.Value, stop))
            .Any(message => message.Body == text.Body && message.DateCreated >= sentAt - Slack);

    private async Task<bool> IsKnownAsync(string callSid, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT EXISTS (SELECT FROM legs WHERE call_sid = $1)");
        command.Parameters.Add(new() { Value = callSid });
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }
}
