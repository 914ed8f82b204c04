using Npgsql;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Escalation;

/// <summary>Refs are short, since they are spoken: those of closed enquiries are given out again, but not while people may still speak of them.</summary>
public sealed class When_refs_are_given_out(TestDatabase databases)
{
    [Fact]
    public async Task Should_let_go_of_a_ref_when_its_enquiry_is_closed()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(30));
        (await world.ReadAsync("SELECT ref FROM refs WHERE released_at IS NULL")).ShouldHaveSingleItem();

        world.Phone(Books.Ash).Text(World.Line, "DONE");
        await world.PassAsync(TimeSpan.FromSeconds(10));

        (await world.EnquiryAsync()).State.ShouldBe("closed");
        (await world.ReadAsync("SELECT ref FROM refs WHERE released_at IS NULL")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(89, 5)]
    [InlineData(91, 4)]
    public async Task Should_not_give_a_ref_out_again_within_90_days(int days, int digits)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        await GiveOutAsync(world, 9999, world.Now.AddDays(-days));

        world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);

        (await world.EnquiryAsync()).Ref.Length.ShouldBe(digits);
    }

    [Theory]
    [InlineData(2999, 4)]
    [InlineData(3000, 5)]
    public async Task Should_have_five_digits_while_3000_are_open(int open, int digits)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        await GiveOutAsync(world, 999 + open, released: null);

        world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);

        (await world.EnquiryAsync()).Ref.Length.ShouldBe(digits);
    }

    /// <summary>As if enquiries had them, from 1000 on.</summary>
    private static async Task GiveOutAsync(World world, int last, DateTimeOffset? released)
    {
        await using var source = NpgsqlDataSource.Create(world.ConnectionString);
        await using var command = source.CreateCommand("INSERT INTO refs (ref, enquiry_id, released_at) SELECT number, gen_random_uuid(), $1 FROM generate_series(1000, $2) AS number");
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz, Value = (object?)released ?? DBNull.Value });
        command.Parameters.Add(new() { Value = last });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
