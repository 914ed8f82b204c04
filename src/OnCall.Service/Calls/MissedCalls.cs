using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Core.Escalation;
using OnCall.Service.Chain;
using OnCall.Service.Data;
using OnCall.Service.Messages;
using OnCall.Service.Twilio;

namespace OnCall.Service.Calls;

/// <summary>
/// Asks Twilio, a minute after the start and every two minutes, which calls came in of which no node heard: where the service could not be reached the fallback address has rung the duty phones and taken a message,
/// and promised a call back. One node at a time looks.
/// </summary>
internal sealed partial class MissedCalls(
    MissedCallRecord record, ToldTexts told, TwilioApi twilio, TwilioLink link, DatabaseLink database, Journal journal, NpgsqlDataSource source, LineNumbers numbers, TimeProvider time,
    ILogger<MissedCalls> log) : BackgroundService
{
    /// <summary>The advisory lock of the node that looks.</summary>
    public const long LookLock = 7033;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(2);

    /// <summary>So long after its end the word of a call, or of a message, may still come by itself; and after an outage of the database, a journal.</summary>
    private static readonly Duration OnItsWay = Duration.FromMinutes(1);

    /// <summary>A look goes so far back behind the one before: calls are listed by their begin, and looked at once they are over.</summary>
    private static readonly Duration Overlap = Duration.FromHours(1);

    private static readonly Duration FurthestBack = Duration.FromDays(1);

    private Instant? _lookedUntil;
    private Instant _quietUntil;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(OnItsWay.ToTimeSpan(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookIfAllIsWellAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }

            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookIfAllIsWellAsync(CancellationToken stop)
    {
        var now = time.GetCurrentInstant();

        // That a call is over, whose own word is waited for, says nothing of the others.
        if (database.IsAway || journal.Waiting.Any(entry => entry.CallOver is null))
        {
            _quietUntil = now + OnItsWay;
        }
        else if (now >= Instant.Max(_quietUntil, database.AnswersSince + OnItsWay) && !link.IsSilentHere)
        {
            await LookAsync(now, stop);
        }
    }

    private async Task LookAsync(Instant now, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var lockIt = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = LookLock } } };
        if (await lockIt.ExecuteScalarAsync(stop) is true && await SinceAsync(now, stop) is { } since)
        {
            var (messages, allTold) = await TellMessagesAsync(since, now, stop);
            if (await TellCallsAsync(since, now, messages, stop) && allTold)
            {
                _lookedUntil = now;
            }
        }
    }

    /// <summary>No further back than a day, and than the service exists; null = nobody has called yet.</summary>
    private async Task<Instant?> SinceAsync(Instant now, CancellationToken stop)
    {
        if (_lookedUntil is { } last)
        {
            return Instant.Max(last - Overlap, now - FurthestBack);
        }

        await using var command = source.CreateCommand("SELECT min(opened_at) FROM enquiries");
        return await command.ExecuteScalarAsync(stop) is Instant first ? Instant.Max(first, now - FurthestBack) : null;
    }

    /// <summary>A message that lies at Twilio still was not heard of, or its enquiry has it already.</summary>
    /// <returns>The calls that have one, and whether all were told.</returns>
    private async Task<(IReadOnlySet<string> Calls, bool AllTold)> TellMessagesAsync(Instant since, Instant now, CancellationToken stop)
    {
        var left = (await twilio.ListRecordingsSinceAsync(since, stop))
            .Where(message => message is { Status: "completed", CallSid: not null } && message.Length > Duration.Zero && message.DateCreated >= since && message.DateCreated < now - OnItsWay).ToList();
        var untold = left.Count == 0 ? new HashSet<string>() : await told.UntoldAsync([.. left.Select(message => message.Sid)], stop);
        var allTold = await TellEachAsync(left.Where(message => untold.Contains(message.Sid)).OrderByDescending(message => message.Length), message => message.CallSid!, MessageAsync, stop);
        return (left.Select(message => message.CallSid!).ToHashSet(), allTold);

        async Task MessageAsync(TwilioRecording message)
        {
            var call = await twilio.FetchCallAsync(message.CallSid!, stop);
            if (TwilioCall.IsOver(call.Status))
            {
                if (IsOfficers(call))
                {
                    LogMissed(call.Sid);
                    await record.MessageAsync(call, message, stop);

                    // One that was filed with an earlier enquiry has no leg there, and would count as one that nobody heard of.
                    await told.NoteAsync(call.Sid, now, stop);
                }

                await told.NoteAsync(message.Sid, now, stop);
            }
        }
    }

    /// <summary>Whether it came in on a line, or is a call back to an officer.</summary>
    private bool IsOfficers(TwilioCall call) => (call.IsInbound ? call.To : call.IsRequested ? call.From : null) is { } line && numbers().Contains(line);

    /// <param name="messages">The calls that have a message, which are told already.</param>
    /// <returns>Whether all were told.</returns>
    private async Task<bool> TellCallsAsync(Instant since, Instant now, IReadOnlySet<string> messages, CancellationToken stop)
    {
        var came = new List<TwilioCall>();
        foreach (var number in numbers())
        {
            came.AddRange((await twilio.ListReceivedCallsAsync(number, since, stop))
                .Where(call => call.DateCreated >= since && TwilioCall.IsOver(call.Status) && (call.EndTime ?? call.DateCreated) < now - OnItsWay && !messages.Contains(call.Sid)));
        }

        var unheard = came.Count == 0 ? new HashSet<string>() : await told.UntoldAsync(await WithoutEnquiryAsync([.. came.Select(call => call.Sid)], stop), stop);
        return await TellEachAsync(came.Where(call => unheard.Contains(call.Sid)).OrderBy(call => call.DateCreated), call => call.Sid, CallAsync, stop);

        async Task CallAsync(TwilioCall call)
        {
            var lines = numbers();
            if (!(await twilio.ListDialledAsync(call.Sid, stop)).Any(dialled => IsTalk(dialled, lines)))
            {
                LogMissed(call.Sid);
                await record.HungUpAsync(call, stop);
            }

            await told.NoteAsync(call.Sid, now, stop);
        }
    }

    /// <summary>Whom the fallback connected has talked, be it with a voicemail. A chain, whose dials show the line's number, connects only after its prompt was answered.</summary>
    private static bool IsTalk(TwilioCall dialled, IReadOnlySet<string> lines) =>
        dialled.Status == "completed" && (dialled.From is not { } shown || !lines.Contains(shown) || dialled.Length > Escalator.LongestPrompt);

    /// <summary>One that cannot be told must not stand in the way of the others; the next look goes as far back.</summary>
    private async Task<bool> TellEachAsync<T>(IEnumerable<T> all, Func<T, string> callOf, Func<T, Task> tell, CancellationToken stop)
    {
        var allTold = true;
        foreach (var one in all)
        {
            try
            {
                await tell(one);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogNotTold(callOf(one), e);
                allTold = false;
            }
        }

        return allTold;
    }

    private async Task<IReadOnlyCollection<string>> WithoutEnquiryAsync(string[] callSids, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT sid FROM unnest($1) AS sid WHERE NOT EXISTS (SELECT FROM legs WHERE legs.call_sid = sid.sid)");
        command.Parameters.Add(new() { Value = callSids });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var without = new List<string>();
        while (await reader.ReadAsync(stop))
        {
            without.Add(reader.GetString(0));
        }

        return without;
    }

    [LoggerMessage(EventId = 4011, Level = LogLevel.Warning, Message = "No node heard of the call {Call} when it came, or of a message that was left in it; Twilio has it, and it is written down now")]
    private partial void LogMissed(string call);

    [LoggerMessage(EventId = 4013, Level = LogLevel.Error, Message = "The call {Call}, of which no node heard, could not be written down; it is tried again in two minutes")]
    private partial void LogNotTold(string call, Exception e);

    [LoggerMessage(EventId = 4012, Level = LogLevel.Warning, Message = "It could not be looked whether calls came of which no node heard ({Reason}); it is looked again in two minutes")]
    private partial void LogFailed(string reason);
}
