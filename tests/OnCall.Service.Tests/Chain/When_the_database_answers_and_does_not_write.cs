using Npgsql;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

/// <summary>PostgreSQL answers every question, and writes nothing: its disk is full, it is a standby, it refuses what is to be written, or somebody has locked a table.</summary>
public sealed class When_the_database_answers_and_does_not_write(TestDatabase databases)
{
    private const string Refuse = "ALTER TABLE enquiries ADD CONSTRAINT nothing CHECK (false) NOT VALID";
    private const string TakeAgain = "ALTER TABLE enquiries DROP CONSTRAINT nothing";

    [Fact]
    public async Task Should_lead_a_new_call_by_documents_alone_while_it_is_read_only()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.DatabaseIs(away: true);
        await ReadOnlyAsync(world, true);

        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        call.Words.ShouldNotContain("Please stay on the line");
        await ReadOnlyAsync(world, false);
        await BackAsync(world);
        await world.PassAsync(TimeSpan.FromSeconds(5));

        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_lead_a_held_officer_on_by_documents_alone_while_it_is_read_only()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await world.CallAsync();
        var before = await world.EnquiryAsync();
        world.DatabaseIs(away: true);
        await ReadOnlyAsync(world, true);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0, TimeSpan.FromMinutes(3));

        await ReadOnlyAsync(world, false);
        await BackAsync(world);
        await world.PassAsync(TimeSpan.FromSeconds(5));
        var enquiry = await world.EnquiryAsync();
        (enquiry.Ref, enquiry.Owner).ShouldBe((before.Ref, "cedar"));
    }

    [Fact]
    public async Task Should_lead_a_new_call_by_documents_alone_once_it_was_refused_for_some_seconds()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        await world.ReadAsync(Refuse);
        world.DatabaseIs(away: true);

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.WasTold("Please stay on the line"));
        await world.UntilAsync(() => call.Position == "gathering");
        call.Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        await world.ReadAsync(TakeAgain);
        await BackAsync(world);
        await world.PassAsync(TimeSpan.FromSeconds(5));

        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_lead_a_held_officer_on_by_documents_alone_once_a_table_was_locked_for_some_seconds()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await world.CallAsync();
        var before = await world.EnquiryAsync();
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.DatabaseIs(away: true);
        await using (var source = NpgsqlDataSource.Create(world.ConnectionString))
        await using (var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("LOCK TABLE enquiries IN ACCESS EXCLUSIVE MODE", connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await world.UntilAsync(() => call.ConnectedWith.Count > 0, TimeSpan.FromMinutes(3));
        }

        await BackAsync(world);
        await world.PassAsync(TimeSpan.FromSeconds(5));
        var enquiry = await world.EnquiryAsync();
        (enquiry.Ref, enquiry.Owner).ShouldBe((before.Ref, "cedar"));
    }

    /// <summary>Loops that failed rest for a second, by the world's clock.</summary>
    private static async Task BackAsync(World world)
    {
        await world.FoundAgainAsync();
        await world.PassAsync(TimeSpan.FromSeconds(2));
        world.DatabaseIs(away: false);
    }

    /// <summary>As a managed PostgreSQL is whose disk is nearly full, and a standby that was not promoted.</summary>
    private static async Task ReadOnlyAsync(World world, bool readOnly)
    {
        var settings = new NpgsqlConnectionStringBuilder(world.ConnectionString) { Options = "-c default_transaction_read_only=off", Pooling = false };
        await using var source = NpgsqlDataSource.Create(settings.ConnectionString);
        await using var command = source.CreateCommand(
            $"ALTER DATABASE \"{settings.Database}\" SET default_transaction_read_only = {(readOnly ? "on" : "off")};"
            + "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
