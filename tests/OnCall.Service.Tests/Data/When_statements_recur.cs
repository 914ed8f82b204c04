using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using OnCall.Core.People;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Outbox;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Data;

/// <summary>Every webhook passes the same few statements, over connections that live for weeks.</summary>
public sealed class When_statements_recur(TestDatabase databases)
{
    /// <summary>A plan made for an empty table reads all of it, and is kept while the dead rows of thousands of calls gather there.</summary>
    [Fact]
    public async Task Should_go_by_an_index_also_where_the_outbox_was_empty()
    {
        await using var database = await databases.CreateAsync();
        await using var source = OneConnection(database);
        await RunAsync(source, "VACUUM (ANALYZE) outbox");
        var before = await ReadWholeAsync();

        await AskAsync(source);

        (await ReadWholeAsync()).ShouldBe(before);

        // How often the outbox was read from end to end; what this connection did counts once it is told to say so.
        async Task<object?> ReadWholeAsync()
        {
            await RunAsync(source, "SELECT pg_stat_force_next_flush()");
            return await RunAsync(source, "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'outbox'");
        }
    }

    /// <summary>PostgreSQL plans five times with the values at hand, and goes on so for ever where that promises to be cheaper: as it does where an array of one stands for any number.</summary>
    [Fact]
    public async Task Should_be_planned_for_good_after_a_few_times()
    {
        await using var database = await databases.CreateAsync();
        await using var source = OneConnection(database);

        await AskAsync(source);

        (await RunAsync(source, "SELECT string_agg(statement, ';') FROM pg_prepared_statements WHERE generic_plans = 0 AND custom_plans > 5")).ShouldBe(DBNull.Value);
        (await RunAsync(source, "SELECT count(*) FROM pg_prepared_statements WHERE generic_plans > 0")).ShouldBe(4);
    }

    /// <summary>Set as in production.</summary>
    private static NpgsqlDataSource OneConnection(OwnDatabase database) => DataRoom.BuildSource(
        new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1, Options = DataRoom.ServerSettings, AutoPrepareMinUsages = new NpgsqlConnectionStringBuilder().AutoPrepareMinUsages }.ConnectionString);

    private static async Task AskAsync(NpgsqlDataSource source)
    {
        using var enquiries = new EnquiryStore(source);
        var outbox = new OutboxStore(source, new Node(), new Work(), NullLogger<OutboxStore>.Instance);
        var now = Instant.FromUtc(2026, 11, 3, 18, 0);
        for (var time = 0; time < 20; time++)
        {
            await enquiries.HistoryAsync(new Again(PhoneNumber.Parse(World.Line), PhoneNumber.Parse("+447700900123"), $"CA{time}", now - Duration.FromDays(1), now - Duration.FromMinutes(10)));
            await enquiries.LoadAsync(Guid.Empty);
            await outbox.ClaimAsync(Lane.Texts, perSecond: 1, most: 10, now, TestContext.Current.CancellationToken);
            await outbox.DeleteAsync(time);
        }
    }

    private static async Task<object?> RunAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
