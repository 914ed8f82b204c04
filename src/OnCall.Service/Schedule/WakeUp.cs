using NodaTime;
using Quartz;

namespace OnCall.Service.Schedule;

/// <summary>
/// Has Quartz wake one node of the cluster when the clock of the rota is to be looked at. Its scheduler is started with the first look at a book: a
/// service without a book has none. What is done again and again is planned then, too.
/// </summary>
internal sealed class WakeUp(ISchedulerFactory schedulers, IEnumerable<Recurring> recurring, TimeProvider time) : IDisposable
{
    private static readonly JobKey Job = new("look");
    private static readonly TriggerKey Trigger = new("next look");

    private readonly SemaphoreSlim _one = new(1);
    private IScheduler? _scheduler;
    private bool _isPlanned;

    /// <summary>Puts the next waking in place of the one that was planned, for all nodes.</summary>
    /// <param name="at">Null = there is none.</param>
    public async Task SetAsync(Instant? at, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            var scheduler = await StartedAsync(stop);
            if (at is { } next)
            {
                await SetAsync(scheduler, next.ToDateTimeOffset(), stop);
            }
            else
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

        if (!_isPlanned)
        {
            foreach (var one in recurring)
            {
                await PlanAsync(_scheduler, one, stop);
            }

            _isPlanned = true;
        }

        return _scheduler;
    }

    /// <summary>Plans it for all nodes; what is planned as it should be stays as it is, so that a restart puts nothing off. One that a node of an earlier version gave up, since it does not know the job, begins anew.</summary>
    private async Task PlanAsync(IScheduler scheduler, Recurring one, CancellationToken stop)
    {
        var key = new TriggerKey(one.Name);
        if (!one.IsWanted)
        {
            await scheduler.UnscheduleJob(key, stop);
        }
        else if (await scheduler.GetTrigger(key, stop) is not ISimpleTrigger planned || planned.RepeatInterval != one.Every.ToTimeSpan()
            || await scheduler.GetTriggerState(key, stop) == TriggerState.Error)
        {
            var job = JobBuilder.Create().OfType(one.Job).WithIdentity(one.Name).StoreDurably().Build();
            var trigger = TriggerBuilder.Create().WithIdentity(key).ForJob(job).StartAt(time.GetUtcNow() + one.Every.ToTimeSpan())
                .WithSimpleSchedule(every => every.WithInterval(one.Every.ToTimeSpan()).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount)).Build();
            await scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, stop);
        }
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
