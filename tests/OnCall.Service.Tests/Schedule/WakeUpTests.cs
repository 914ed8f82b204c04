using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using OnCall.Service.Schedule;
using OnCall.Testing;
using Quartz;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Schedule;

public sealed class WakeUpTests(TestDatabase databases)
{
    /// <summary>As where the database answers too late once, while two nodes start.</summary>
    [Fact]
    public async Task Set_AfterAFailureInPlanning_PlansWhatIsDoneAgainAndAgain()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var services = world.Nodes[0].Services;
        var asked = 0;
        using var wakeUp = new WakeUp(services.GetRequiredService<ISchedulerFactory>(), Recurring(), world.Time);

        await Should.ThrowAsync<TimeoutException>(() => wakeUp.SetAsync(null, Stop));
        await wakeUp.SetAsync(null, Stop);
        await wakeUp.SetAsync(null, Stop);

        asked.ShouldBe(2);
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(Stop);
        (await scheduler.GetTrigger(new TriggerKey("now and then"), Stop)).ShouldNotBeNull();
        await wakeUp.StopAsync();

        IEnumerable<Recurring> Recurring()
        {
            yield return ++asked > 1 ? new Recurring("now and then", typeof(LookJob), Duration.FromHours(1)) : throw new TimeoutException();
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
