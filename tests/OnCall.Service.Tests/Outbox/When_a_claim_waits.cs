using Microsoft.Extensions.Logging.Abstractions;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Outbox;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Outbox;

public sealed class When_a_claim_waits(TestDatabase databases)
{
    /// <summary>It read them before it waited: they may have changed since, and what the node remembers of them is not good enough.</summary>
    [Fact]
    public async Task Should_not_say_how_its_enquiries_stand()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var database = await databases.CreateAsync();
        await using var source = DataRoom.BuildSource(database.ConnectionString);
        await using var insert = source.CreateCommand("""
            WITH stored AS (
              INSERT INTO enquiries (id, version, ref, channel, line, opened_at, state, priority, document)
              VALUES (gen_random_uuid(), 7, '1234', 'call', '+442079460101', now(), 'paging', 'normal', '{}') RETURNING id)
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
            SELECT id, 1, false, '{ "is": "hang-up", "callSid": "CA1" }', to_timestamp(0), 0 FROM stored
            """);
        await insert.ExecuteNonQueryAsync(stop);
        await using var held = await source.OpenConnectionAsync(stop);
        await using var other = await held.BeginTransactionAsync(stop);
        await using var hold = new NpgsqlCommand("SELECT FROM rates FOR UPDATE", held);
        await hold.ExecuteNonQueryAsync(stop);
        var outbox = new OutboxStore(source, new Node(), new Work(), NullLogger<OutboxStore>.Instance);

        var waiting = ClaimAsync();
        await RealTime.UntilARowIsWaitedForAsync(source);
        var since = TimeProvider.System.GetTimestamp();
        await RealTime.UntilAsync(() => TimeProvider.System.GetElapsedTime(since) > OutboxStore.FreshFor);
        await other.RollbackAsync(stop);

        var claimed = await waiting;
        claimed.Version.ShouldBeNull();
        await RealTime.UntilAsync(async () =>
        {
            await outbox.ReleaseAsync(claimed.Id, TimeProvider.System.GetCurrentInstant(), null, stop);
            return (await ClaimAsync()).Version == 7;
        });

        async Task<Claimed> ClaimAsync() => (await outbox.ClaimAsync(Lane.Calls, perSecond: 1000, most: 10, TimeProvider.System.GetCurrentInstant(), stop)).Effects.ShouldHaveSingleItem();
    }
}
