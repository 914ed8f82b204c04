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
        // Without a book the service itself starts no scheduler; and Quartz waits for its own locks by the service's clock, which goes on here.
        await using var database = await databases.CreateAsync();
        await using var service = await RunningService.StartAsync(database.ConnectionString);
        var schedulers = service.Services.GetRequiredService<ISchedulerFactory>();
        var asked = 0;
        using var wakeUp = new WakeUp(schedulers, Recurring(), TimeProvider.System);

        await Should.ThrowAsync<TimeoutException>(() => wakeUp.SetAsync(null, Stop));
        await wakeUp.SetAsync(null, Stop);
        await wakeUp.SetAsync(null, Stop);

        asked.ShouldBe(2);
        (await (await schedulers.GetScheduler(Stop)).GetTrigger(new TriggerKey("now and then"), Stop)).ShouldNotBeNull();
        await wakeUp.StopAsync();

        IEnumerable<Recurring> Recurring()
        {
            yield return ++asked > 1 ? new Recurring("now and then", typeof(LookJob), Duration.FromHours(1)) : throw new TimeoutException();
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
