using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Service.Messages;
using OnCall.Service.Outbox;
using OnCall.Service.Twilio;

namespace OnCall.Service.Retention;

/// <summary>
/// Empties the bodies of texts at Twilio, in and out, once nobody needs them there. Which ones are left is asked of Twilio itself, so that nothing has to be remembered of any
/// text but how far all of them are done. Answers to webhooks, whose names we never learn, are found so too.
/// </summary>
internal sealed partial class Redaction(
    TwilioApi twilio, TwilioLink link, ToldTexts told, NpgsqlDataSource source, LineNumbers numbers, TimeProvider time, ILogger<Redaction> log)
{
    /// <summary>A text waits at Twilio for ten hours at the most, and is listed by the day on which it went out.</summary>
    private static readonly Duration LooksBack = Duration.FromDays(1);

    /// <summary>A younger text may still be looked for by its words (<see cref="Reconciler"/>).</summary>
    private static readonly Duration LeftAlone = Duration.FromMinutes(5);

    /// <summary>Many networks never say more than that they have taken it.</summary>
    private static readonly Duration SentIsFinalAfter = Duration.FromDays(1);

    public async Task RunAsync(CancellationToken stop)
    {
        if (link.IsSilentHere)
        {
            return;
        }

        foreach (var number in numbers())
        {
            await RedactAsync(number, time.GetCurrentInstant(), stop);
        }
    }

    private async Task RedactAsync(string number, Instant now, CancellationToken stop)
    {
        var since = (await DoneUntilAsync(number, stop) ?? now) - LooksBack;
        var texts = (await twilio.ListSinceAsync(number, since, stop)).Where(text => text.Body is { Length: > 0 }).ToList();
        var untold = await told.UntoldAsync([.. texts.Where(text => text.IsInbound).Select(text => text.Sid)], stop);
        var before = Instant.Min(now - LeftAlone, await UnsureSinceAsync(stop) ?? now);
        var (doneUntil, count) = (before, 0);
        foreach (var text in texts)
        {
            if (text.DateCreated < before && IsOver(text, untold, now) && await IsRedactedAsync(text, stop))
            {
                count++;
            }
            else
            {
                doneUntil = Instant.Min(doneUntil, text.DateCreated ?? since);
            }
        }

        await KeepAsync(number, doneUntil, stop);
        if (count > 0)
        {
            LogRedacted(count);
        }
    }

    /// <summary>Nothing happens to it any more, here or there. One that came in and was not handled yet is read once more from Twilio (<see cref="MissedTexts"/>).</summary>
    private static bool IsOver(TwilioMessage text, IReadOnlySet<string> untold, Instant now) => text.Status switch
    {
        "delivered" or "undelivered" or "failed" or "read" or "canceled" => true,
        "received" => !untold.Contains(text.Sid) || now - text.DateCreated > 2 * MissedTexts.FurthestBack,
        "sent" => now - text.DateCreated > SentIsFinalAfter,
        _ => false,
    };

    private async Task<bool> IsRedactedAsync(TwilioMessage text, CancellationToken stop) =>
        await twilio.RedactTextAsync(text.Sid, stop) is TwilioOutcome.Done or TwilioOutcome.Refused { Kind: Refusal.Gone };

    /// <summary>Since when there may be texts of which we do not know whether they went out: they are looked for by their words.</summary>
    private async Task<Instant?> UnsureSinceAsync(CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT min(coalesce(sent_at, lease_until - interval '2 minutes')) FROM outbox WHERE lane = $1");
        command.Parameters.Add(new() { Value = (int)Lane.Texts });
        return await command.ExecuteScalarAsync(stop) is Instant since ? since - Duration.FromMinutes(1) : null;
    }

    private async Task<Instant?> DoneUntilAsync(string number, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT done_until FROM redactions WHERE number = $1");
        command.Parameters.Add(new() { Value = number });
        return await command.ExecuteScalarAsync(stop) as Instant?;
    }

    private async Task KeepAsync(string number, Instant until, CancellationToken stop)
    {
        await using var command = source.CreateCommand("INSERT INTO redactions (number, done_until) VALUES ($1, $2) ON CONFLICT (number) DO UPDATE SET done_until = excluded.done_until");
        command.Parameters.Add(new() { Value = number });
        command.Parameters.Add(new() { Value = until });
        await command.ExecuteNonQueryAsync(stop);
    }

    [LoggerMessage(EventId = 7104, Level = LogLevel.Information, Message = "{Count} texts were redacted at Twilio")]
    private partial void LogRedacted(int count);
}
