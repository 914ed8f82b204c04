using Npgsql;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Escalation;

public sealed class When_two_tell_of_an_enquiry_at_once(TestDatabase databases)
{
    [Fact]
    public async Task Should_decide_upon_the_second_once_the_first_is_saved()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.TextAsync(World.Officer, "How do I extradite somebody from Spain?");
        await world.TextAsync(Books.Ash, "1");
        await using var database = NpgsqlDataSource.Create(world.ConnectionString);
        await using var held = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await world.ReadAsync("""
            CREATE TABLE in_vain (at timestamptz NOT NULL);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO in_vain SELECT now() WHERE NOT EXISTS (SELECT FROM changed); RETURN NULL; END';
            CREATE TRIGGER note AFTER UPDATE ON enquiries REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note();
            """);
        await using var row = await held.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand("SELECT FROM enquiries FOR UPDATE", held);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        world.Phone(World.Officer).Text(World.Line, "He is in Madrid");
        await RealTime.UntilARowIsWaitedForAsync(database);
        world.Phone(World.Officer).Text(World.Line, "It is urgent");
        await RealTime.UntilAsync(database, "SELECT count(*) > 0 FROM words WHERE body = 'It is urgent'");
        await row.RollbackAsync(TestContext.Current.CancellationToken);
        await world.UntilAsync(() => world.Texts(Books.Ash).Count(text => text.Contains("Madrid", StringComparison.Ordinal) || text.Contains("urgent", StringComparison.Ordinal)) == 2);

        (await world.ReadAsync("SELECT at::text FROM in_vain")).ShouldBeEmpty();
        world.ShouldBeFlawless();
    }
}
