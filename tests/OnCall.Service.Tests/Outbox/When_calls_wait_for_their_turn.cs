using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Extensions;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Outbox;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Outbox;

public sealed class When_calls_wait_for_their_turn(TestDatabase databases)
{
    private static readonly TimeSpan AMoment = TimeSpan.FromMinutes(1);

    /// <summary>One that was asked for ten minutes ago, one that is to be tried again since two minutes, and one that is urgent and new.</summary>
    [Fact]
    public async Task Should_tell_since_when_each_could_have_begun()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var database = await databases.CreateAsync(manyAtOnce: true);
        await using var source = DataRoom.BuildSource(database.ConnectionString);
        await using var insert = source.CreateCommand("""
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts, asked_at)
            SELECT gen_random_uuid(), 1, urgent, '{ "is": "hang-up", "callSid": "CA1" }', due_at, 0, asked_at
            FROM (VALUES (false, to_timestamp(0), now() - interval '10 minutes'), (false, now() - interval '2 minutes', now() - interval '10 minutes'), (true, to_timestamp(0), now())) AS rows (urgent, due_at, asked_at)
            """);
        await insert.ExecuteNonQueryAsync(stop);

        var claim = await new OutboxStore(source, new Node(), new Work(), NullLogger<OutboxStore>.Instance).ClaimAsync(Lane.Calls, perSecond: 1000, most: 10, TimeProvider.System.GetCurrentInstant(), stop);

        claim.Effects.Select(claimed => claimed.Urgent).ShouldBe([true, false, false]);
        claim.Effects[0].Waited.ShouldBeInRange(TimeSpan.Zero, AMoment);
        claim.Effects[1].Waited.ShouldBeInRange(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10) + AMoment);
        claim.Effects[2].Waited.ShouldBeInRange(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2) + AMoment);
    }

    [Fact]
    public async Task Should_show_how_long_they_waited_in_the_metrics()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), perSecond: 0.5, manyAtOnce: true);
        using var waits = new Measurements(world.Nodes[0], "oncall_outbox_wait");

        await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null && world.Phone(Books.Birch).Ringing is not null);

        waits.Labels.Count(labels => labels == "lane=calls urgent=false").ShouldBe(2, string.Join('\n', waits.Labels));
        (await world.Nodes[0].Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).ShouldContain("oncall_outbox_wait_seconds_count{");
    }
}
