using System.Globalization;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Schedule;

/// <summary>Real processes, Quartz' cluster, and kill -9, on the machine's clock.</summary>
public sealed class When_a_node_is_killed_around_a_handover(TestDatabase databases)
{
    [Fact]
    public async Task Should_lose_and_double_no_text_that_was_recorded_and_not_yet_sent()
    {
        await using var world = await LiveWorld.StartAsync(databases, HandingOver(inSeconds: 24 * 60 * 60), TestContext.Current.CancellationToken);
        await world.Twilio.Faults.SetReachableAsync(false);

        await world.PublishAsync(HandingOver(inSeconds: 2));
        await world.UntilAsync("SELECT EXISTS (SELECT FROM notices) AND EXISTS (SELECT FROM outbox WHERE owner IS NOT NULL)");
        await world.KillProcessAsync();
        await world.Twilio.Faults.SetReachableAsync(true);
        await world.StartProcessAsync();

        await ShouldTextBothOnceAsync(world);
    }

    [Fact]
    public async Task Should_have_another_node_text_when_the_one_that_Quartz_would_wake_is_killed_before()
    {
        await using var world = await LiveWorld.StartAsync(databases, HandingOver(inSeconds: 24 * 60 * 60), TestContext.Current.CancellationToken);
        await world.UntilAsync("SELECT count(*) = 1 FROM qrtz_scheduler_state");
        var first = (await world.ReadAsync("SELECT instance_name FROM qrtz_scheduler_state"))[0];
        var other = await world.StartOtherProcessAsync();
        await world.UntilAsync("SELECT count(*) = 2 FROM qrtz_scheduler_state");

        await world.PublishAsync(HandingOver(inSeconds: 20));

        // Both nodes plan the look anew, and may have been chosen: the newer choice holds.
        const string Choice = "SELECT instance_name FROM qrtz_fired_triggers WHERE state = 'ACQUIRED' AND trigger_name = 'next look' ORDER BY fired_time DESC LIMIT 1";
        IReadOnlyList<string> chosen = [];
        await RealTime.UntilAsync(async () => (chosen = await world.ReadAsync(Choice)).Count == 1, "Quartz has chosen a node");
        (chosen[0] == first ? world.Process : other).Kill();
        (await world.ReadAsync("SELECT kind FROM notices")).ShouldBeEmpty("the node was killed too late for this test");

        await ShouldTextBothOnceAsync(world);
    }

    private static async Task ShouldTextBothOnceAsync(LiveWorld world)
    {
        await world.UntilAsync(() => world.Phone(Books.Ash).Inbox.Count > 0 && world.Phone(Books.Birch).Inbox.Count > 0);
        await world.UntilAsync("SELECT NOT EXISTS (SELECT FROM outbox)");
        world.Phone(Books.Ash).Inbox.ShouldHaveSingleItem().Body.ShouldStartWith("Your duty for Extradition desk has ended");
        world.Phone(Books.Birch).Inbox.ShouldHaveSingleItem().Body.ShouldStartWith("You are on duty for Extradition desk until");
        (await world.ReadAsync("SELECT kind FROM audit WHERE kind = 'handover'")).Count.ShouldBe(1);
    }

    private static string HandingOver(int inSeconds)
    {
        var now = TimeProvider.System.GetUtcNow();
        return DutyBook.Of($$"""
            { name: list, shifts: [
                { start: "{{Show(now.AddDays(-1))}}", end: "{{Show(now.AddSeconds(inSeconds))}}", adviser: ash },
                { start: "{{Show(now.AddSeconds(inSeconds))}}", end: "{{Show(now.AddDays(7))}}", adviser: birch } ] }
            """.ReplaceLineEndings(" "));
    }

    private static string Show(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
