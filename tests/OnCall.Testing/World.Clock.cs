using OnCall.Service.Calls;
using OnCall.Service.Messages;

namespace OnCall.Testing;

public sealed partial class World
{
    /// <summary>While something waits for the clock without saying until when (a retry, a time-out), time goes on in such steps.</summary>
    private static readonly TimeSpan ShortStep = TimeSpan.FromSeconds(0.5);

    /// <summary>While nothing is under way, time leaps to the next thing that is known to happen, at most so far.</summary>
    private static readonly TimeSpan LongStep = TimeSpan.FromSeconds(30);

    /// <summary>Real time for the nodes' own loops, which nobody sees, to begin what a leap of the clock made due: a machine that is busy with other tests takes a while.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(5);

    /// <summary>More of it where something is late: what is waited for should have happened by half of the time that it may take.</summary>
    private static readonly TimeSpan LateGrace = TimeSpan.FromMilliseconds(30);

    /// <summary>Real time after which something that is under way counts as stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A request of the service with which Twilio is not busy waits for the clock, for its next try or a late answer, if it still does after so many looks.</summary>
    private const int LooksAtClaimed = 100;

    /// <summary>The same where it is plain that it waits: it is between its tries, or Twilio has it and answers late.</summary>
    private const int LooksAtWaiting = 15;

    /// <summary>Of what the service asks by itself, for no enquiry: less is lost if it times out.</summary>
    private const int LooksAtAsking = 10;

    /// <summary>Without a database nobody can see what the nodes' own loops do; they are given so many looks of a millisecond.</summary>
    private const int LooksWithoutDatabase = 8;

    /// <summary>What is due and is not begun after so many looks waits for the clock: a loop that failed rests for a second.</summary>
    private const int LooksAtDue = 3000;

    /// <summary>Whether the last step of the clock was a leap: loops that nobody sees may have begun to look for something at Twilio.</summary>
    private bool _leapt;

    /// <summary>Moves the clock, by steps in which everything that is due is done, until something is so.</summary>
    /// <param name="most">How much time may pass.</param>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan? most = null)
    {
        var (begin, time) = (Time.GetUtcNow(), most ?? TimeSpan.FromMinutes(2));
        var quiet = await SettleAsync();
        while (!isSo())
        {
            Transcript.Hold(Time.GetUtcNow() < begin + time, () => $"It has not happened by {Time.GetUtcNow():T}.\n{Story()}");
            quiet = await StepAsync(begin + time, quiet, Time.GetUtcNow() < begin + (time / 2) ? Grace : LateGrace);
        }
    }

    /// <summary>The same, until a query of the database says true.</summary>
    public async Task UntilAsync(string sql, TimeSpan? most = null)
    {
        var limit = Time.GetUtcNow() + (most ?? TimeSpan.FromMinutes(2));
        await using var command = _source.CreateCommand(sql);
        while (await command.ExecuteScalarAsync() is not true)
        {
            Transcript.Hold(Time.GetUtcNow() < limit, () => $"It is not so by {Time.GetUtcNow():T}: {sql}\n{Story()}");
            await PassAsync(ShortStep);
        }
    }

    /// <summary>Lets so much time pass, with everything that happens in it.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = Time.GetUtcNow() + time;
        var quiet = await SettleAsync();
        while (Time.GetUtcNow() < end)
        {
            quiet = await StepAsync(end, quiet, Grace);
        }
    }

    /// <summary>Waits, in real time, until nothing more happens at this moment of the world's time.</summary>
    /// <returns>False = something is left that waits for the clock, nobody knows until when.</returns>
    public async Task<bool> SettleAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        var (quiet, claimed, resting, asking, waiting) = (0, 0, 0, 0, 0);
        var enough = _databaseIsAway ? LooksWithoutDatabase : 2;
        while (quiet < enough)
        {
            var (due, effects) = IsBusy ? (Due.Now, 0) : await LookAsync();
            due = IsBusy ? Due.Now : (due, _asking.Count) switch
            {
                (Due.Claimed, 0) => Due.Now,
                (Due.Search, > 0) => Due.Nothing,
                _ => due,
            };
            asking = due == Due.Nothing && _asking.Count > 0 ? asking + 1 : 0;
            quiet = due == Due.Nothing && asking == 0 ? quiet + 1 : 0;
            claimed = due is Due.Claimed or Due.Abandoned or Due.Look or Due.Search ? claimed + 1 : 0;
            waiting = due == Due.Claimed && effects == _asking.Count && _asking.OnWire <= Twilio.Late ? waiting + 1 : 0;
            resting = due == Due.Now && !IsBusy ? resting + 1 : 0;
            if (claimed >= LooksAtClaimed || waiting >= LooksAtWaiting || resting >= LooksAtDue || asking >= LooksAtAsking)
            {
                return false;
            }

            Transcript.Hold(TimeProvider.System.GetElapsedTime(since) < Patience, () => $"Something does not come to an end.\n{Story()}");
            if (quiet < enough)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
        }

        return !_databaseIsAway;
    }

    /// <summary>A webhook that the load balancer holds back waits for the clock; one that Twilio has given up is handled all the same.</summary>
    private bool IsBusy => Twilio.InFlight > (Balancer.Slow?.Holding ?? 0) || Balancer.Forwarding > 0;

    // Whole milliseconds: PostgreSQL keeps no less than microseconds, and what it rounds down would be due before its time.
    private async Task<bool> StepAsync(DateTimeOffset limit, bool quiet, TimeSpan grace)
    {
        var now = Time.GetUtcNow();
        var work = await NextWorkAsync();

        // What is due and was not begun waits for the clock, nobody knows until when.
        work = !quiet && work <= now ? null : work;
        var next = new[] { now + (quiet ? LongStep : ShortStep), limit, Twilio.NextTimer ?? limit, work ?? limit }.Min();
        Time.Advance(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((next - now).TotalMilliseconds))));
        _leapt = next - now > ShortStep;
        if (_leapt)
        {
            await Task.Delay(grace, TimeProvider.System);
        }

        return await SettleAsync();
    }

    /// <returns>What there is to do, and how many effects are claimed.</returns>
    private async Task<(Due Due, long Claimed)> LookAsync()
    {
        if (_databaseIsAway)
        {
            return (Due.Nothing, 0);
        }

        await using var command = _source.CreateCommand("""
            SELECT CASE
              WHEN EXISTS (SELECT FROM enquiries WHERE deadline <= $1)
                OR EXISTS (SELECT FROM outbox LEFT JOIN rates USING (lane) WHERE owner IS NULL AND greatest(due_at, used_until + interval '1 second' / $2) <= $1) THEN 2
              WHEN EXISTS (SELECT FROM outbox WHERE owner IN (SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted)) THEN 1
              WHEN EXISTS (SELECT FROM outbox WHERE owner IS NOT NULL) THEN 3
              WHEN $4 AND (EXISTS (SELECT FROM qrtz_triggers WHERE next_fire_time <= $3) OR EXISTS (SELECT FROM qrtz_fired_triggers WHERE state = 'EXECUTING')
                OR (SELECT max(revision) FROM book_revisions) > (SELECT revision FROM rota_clock)) THEN 4
              WHEN $5 AND EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid::bigint IN ($6, $7)
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) THEN 5
              ELSE 0 END,
              (SELECT count(*) FROM outbox WHERE owner IS NOT NULL)
            """);
        command.Parameters.Add(new() { Value = Time.GetUtcNow() });
        command.Parameters.Add(new() { Value = _perSecond });
        command.Parameters.Add(new() { Value = Time.GetUtcNow().Ticks });

        // The clock of the rota rests for a while, by this clock, where its database was away; calls do not wait for it.
        command.Parameters.Add(new() { Value = _gate is null });
        command.Parameters.Add(new() { Value = _leapt });
        command.Parameters.Add(new() { Value = MissedTexts.LookLock });
        command.Parameters.Add(new() { Value = MissedCalls.LookLock });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return ((Due)reader.GetInt32(0), reader.GetInt64(1));
    }

    private async Task<DateTimeOffset?> NextWorkAsync()
    {
        if (_databaseIsAway)
        {
            return null;
        }

        await using var command = _source.CreateCommand("""
            SELECT least(
              (SELECT min(greatest(due_at, used_until + interval '1 second' / $1)) FROM outbox LEFT JOIN rates USING (lane) WHERE owner IS NULL),
              (SELECT min(deadline) FROM enquiries),
              (SELECT to_timestamp((min(next_fire_time) - 621355968000000000) / 10000000.0) FROM qrtz_triggers WHERE next_fire_time > $2))
            """);
        command.Parameters.Add(new() { Value = _perSecond });
        command.Parameters.Add(new() { Value = Time.GetUtcNow().Ticks });
        return await command.ExecuteScalarAsync() is DateTime next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    private enum Due
    {
        Nothing = 0,

        /// <summary>An effect is being carried out, or waits for its next try.</summary>
        Claimed = 1,

        Now = 2,

        /// <summary>An effect was claimed by a node that is gone: with the next tick of the clock another one takes it back.</summary>
        Abandoned = 3,

        /// <summary>The clock of the rota is to be looked at, or is being looked at.</summary>
        Look = 4,

        /// <summary>Calls or texts of which no word came are being looked for at Twilio.</summary>
        Search = 5,
    }
}
