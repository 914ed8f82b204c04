using NodaTime;
using Quartz;

namespace OnCall.Service.Schedule;

/// <summary>
/// Has Quartz wake one node of the cluster when the clock of the rota is to be looked at. Its scheduler is started with the first instant that there is: a
/// service with nothing to wait for has none.
/// </summary>
internal sealed class WakeUp(ISchedulerFactory schedulers) : IDisposable
{
    private static readonly JobKey Job = new("look");
    private static readonly TriggerKey Trigger = new("next look");

    private readonly SemaphoreSlim _one = new(1);
    private IScheduler? _scheduler;

    /// <summary>Puts the next waking in place of the one that was planned, for all nodes.</summary>
    /// <param name="at">Null = there is none.</param>
    public async Task SetAsync(Instant? at, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            if (at is { } next)
            {
                await SetAsync(await StartedAsync(stop), next.ToDateTimeOffset(), stop);
            }
            else if (_scheduler is { } scheduler)
            {
                await scheduler.UnscheduleJob(Trigger, stop);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Ends with the last waking that is under way.</summary>
    public async Task StopAsync()
    {
        if (_scheduler is { } scheduler)
        {
            await scheduler.Shutdown(waitForJobsToComplete: true);
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<IScheduler> StartedAsync(CancellationToken stop)
    {
        if (_scheduler is null)
        {
            var scheduler = await schedulers.GetScheduler(stop);
            await scheduler.Start(stop);
            _scheduler = scheduler;
        }

        return _scheduler;
    }

    private static async Task SetAsync(IScheduler scheduler, DateTimeOffset at, CancellationToken stop)
    {
        if ((await scheduler.GetTrigger(Trigger, stop))?.NextFireTimeUtc == at)
        {
            return;
        }

        // A node that is killed while it looks is recovered by another one within seconds.
        var job = JobBuilder.Create<LookJob>().WithIdentity(Job).StoreDurably().RequestRecovery().Build();
        var trigger = TriggerBuilder.Create().WithIdentity(Trigger).ForJob(Job).StartAt(at).Build();
        await scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, stop);
    }
}
