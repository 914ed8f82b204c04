using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Outbox;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Outbox;

public sealed class When_clocks_differ(TestDatabase databases)
{
    [Fact]
    public async Task Should_claim_nothing_on_the_node_behind_while_the_rate_is_used_up()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var database = await databases.CreateAsync();
        await using var source = DataRoom.BuildSource(database.ConnectionString);
        await using var insert = source.CreateCommand("""
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
            SELECT gen_random_uuid(), 1, false, '{ "is": "hang-up", "callSid": "CA1" }', to_timestamp(0), 0 FROM generate_series(1, 2)
            """);
        await insert.ExecuteNonQueryAsync(stop);
        var now = TimeProvider.System.GetCurrentInstant();

        var ahead = await new OutboxStore(source, new Node(), new Work(), NullLogger<OutboxStore>.Instance).ClaimAsync(Lane.Calls, perSecond: 1, most: 10, now, stop);
        var behind = await new OutboxStore(source, new Node(), new Work(), NullLogger<OutboxStore>.Instance).ClaimAsync(Lane.Calls, perSecond: 1, most: 10, now - Duration.FromSeconds(1), stop);

        ahead.Effects.Count.ShouldBe(1);
        behind.Effects.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]
    public async Task Should_claim_within_seconds_when_a_clock_was_put_right_that_had_run_far_ahead(double perSecond)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var database = await databases.CreateAsync();
        await using var source = DataRoom.BuildSource(database.ConnectionString);
        await using var insert = source.CreateCommand("""
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
            SELECT gen_random_uuid(), 1, false, '{ "is": "hang-up", "callSid": "CA1" }', to_timestamp(0), 0 FROM generate_series(1, 3)
            """);
        await insert.ExecuteNonQueryAsync(stop);
        var now = TimeProvider.System.GetCurrentInstant();
        var step = Duration.FromSeconds(1 / perSecond);
        var outbox = new OutboxStore(source, new Node(), new Work(), NullLogger<OutboxStore>.Instance);

        (await ClaimAsync(now + Duration.FromMinutes(10))).Effects.Count.ShouldBe(1);
        var claim = await ClaimAsync(now);
        claim.Effects.ShouldBeEmpty();
        claim.Next.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(now + Duration.FromSeconds(2) + step);
        (await ClaimAsync(claim.Next.Value - Duration.FromMilliseconds(10))).Effects.ShouldBeEmpty();
        (await ClaimAsync(claim.Next.Value)).Effects.Count.ShouldBe(1);
        (await ClaimAsync(claim.Next.Value + step - Duration.FromMilliseconds(10))).Effects.ShouldBeEmpty();
        (await ClaimAsync(claim.Next.Value + step)).Effects.Count.ShouldBe(1);

        Task<Claim> ClaimAsync(Instant at) => outbox.ClaimAsync(Lane.Calls, perSecond, most: 10, at, stop);
    }
}
