using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Service.Escalation;

namespace OnCall.Service.Outbox;

/// <summary>Carries out the effects of one lane, several at once, no faster than the account's rate. No row is locked while Twilio is asked: the claim is a lease.</summary>
internal sealed partial class LaneLoop(
    Lane lane, double perSecond, OutboxStore outbox, EffectRunner runner, OutboxWait waits, Node node, Work work, TimeProvider time, ILogger<LaneLoop> log)
    : IDisposable
{
    private const int AtOnce = 64;

    /// <summary>How long after a claim of several the next one is made at the earliest: under load one statement and one commit then serve more of them. Where one came alone, the next waits for nothing.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _free = new(AtOnce);
    private readonly ConcurrentDictionary<long, Claimed> _underWay = new();

    /// <summary>Until then this node may own effects of which it knows nothing: the answer to a claim was lost.</summary>
    private Instant _lostUntil = Instant.MinValue;

    public void Dispose() => _free.Dispose();

    /// <summary>Ends when it is told to stop, and what was under way has come to its end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await node.IsShown.WaitAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var (started, filled, next) = await StartDueAsync(stop);
                if (!filled)
                {
                    var gathered = started > 1 ? Task.Delay(Gather, TimeProvider.System, stop) : Task.CompletedTask;
                    await SleepAsync(next, stop);
                    await gathered;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                LogFailed(lane, e);
                await Task.Delay(Work.LookEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        // What is under way is brought to its end: each request has a limit of its own.
        for (var place = 0; place < AtOnce; place++)
        {
            await _free.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Starts what is due: how many, whether there may be more of it, and when the lane has something to do next.</summary>
    private async Task<(int Started, bool Filled, Instant? Next)> StartDueAsync(CancellationToken stop)
    {
        await _free.WaitAsync(stop);
        var places = 1;
        while (places < AtOnce && await _free.WaitAsync(0, CancellationToken.None))
        {
            places++;
        }

        var started = 0;
        try
        {
            var claim = await ClaimAsync(places, stop);
            foreach (var claimed in claim.Effects)
            {
                started++;
                waits.Began(lane, claimed.Urgent, claimed.Waited);
                _underWay[claimed.Id] = claimed;
                _ = RunAsync(claimed, stop);
            }

            return (started, started == places, claim.Next);
        }
        finally
        {
            if (places > started)
            {
                _free.Release(places - started);
            }
        }
    }

    /// <summary>A claim that fails may be made all the same, even later: what this node owns and does not do is free again.</summary>
    private async Task<Claim> ClaimAsync(int places, CancellationToken stop)
    {
        var now = time.GetCurrentInstant();
        try
        {
            if (now < _lostUntil)
            {
                await outbox.TakeBackLostAsync(lane, _underWay.Keys, now, stop);
            }

            return await outbox.ClaimAsync(lane, perSecond, places, now, stop);
        }
        catch
        {
            _lostUntil = now + OutboxStore.Lease;
            throw;
        }
    }

    private async Task RunAsync(Claimed claimed, CancellationToken stop)
    {
        var began = time.GetCurrentInstant();
        try
        {
            await runner.RunAsync(claimed, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogEffectFailed(claimed.EnquiryId, claimed.Id, e);
            await GiveBackAsync(claimed, began, stop);
        }
        finally
        {
            // It may be claimed anew by now, where the answer came late that it was given back.
            _underWay.TryRemove(new(claimed.Id, claimed));
            _free.Release();
        }
    }

    /// <summary>It failed nobody knows how far: its request may have left. Where the database is away as well, it is given back once that answers: its lease would end too late.</summary>
    private async Task GiveBackAsync(Claimed claimed, Instant began, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await outbox.ReleaseAsync(claimed.Id, time.GetCurrentInstant() + EffectRunner.Later, claimed.SentAt ?? began, CancellationToken.None);
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogFailed(lane, e);
                await Task.Delay(Work.LookEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e)
            {
                LogFailed(lane, e);
                return;
            }
        }
    }

    private async Task SleepAsync(Instant? next, CancellationToken stop)
    {
        var wait = next is { } at ? (at - time.GetCurrentInstant()).ToTimeSpan() : Work.LookEvery;
        if (wait > TimeSpan.Zero)
        {
            await work.Lane(lane).WaitAsync(wait < Work.LookEvery ? wait : Work.LookEvery, time, stop);
        }
    }

    [LoggerMessage(EventId = 3011, Level = LogLevel.Error, Message = "The outbox could not be read in lane {Lane}; it is read again in a second")]
    private partial void LogFailed(Lane lane, Exception e);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Error, Message = "Effect {Effect} of enquiry {Enquiry} failed inside; it is tried again")]
    private partial void LogEffectFailed(Guid enquiry, long effect, Exception e);
}
