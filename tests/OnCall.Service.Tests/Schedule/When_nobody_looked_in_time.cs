using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OnCall.Service.Schedule;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Schedule;

/// <summary>Nodes that were away, looked at once, or died in between.</summary>
public sealed class When_nobody_looked_in_time(TestDatabase databases)
{
    [Theory]
    [InlineData(50, true)]
    [InlineData(65, false)]
    public async Task Should_text_of_a_handover_of_the_last_half_hour_and_record_an_older_one_as_missed(int minutesAway, bool isTexted)
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of());
        await world.UntilAsync("SELECT looked_until IS NOT NULL FROM rota_clock");
        await world.StopNodeAsync(world.Nodes[0]);
        world.Time.Advance(TimeSpan.FromMinutes(minutesAway));

        await world.StartNodeAsync();
        await world.UntilAsync("SELECT EXISTS (SELECT FROM notices)");
        await world.PassAsync(TimeSpan.FromSeconds(5));

        (await world.ReadAsync("SELECT after ->> 'missed' FROM audit WHERE kind = 'handover'")).ShouldBe([isTexted ? "false" : "true"]);
        world.Texts(Books.Ash).Count.ShouldBe(isTexted ? 1 : 0);
        world.Texts(Books.Birch).Count.ShouldBe(isTexted ? 1 : 0);
    }

    [Fact]
    public async Task Should_text_once_when_many_look_in_the_same_instant()
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of(), nodes: 2, manyAtOnce: true);
        await world.SettleAsync();

        world.Time.Advance(TimeSpan.FromMinutes(30));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(number => world.Nodes[number % 2].Services.GetRequiredService<Look>().RunAsync(TestContext.Current.CancellationToken)));
        await world.PassAsync(TimeSpan.FromSeconds(10));

        (world.Texts(Books.Ash).Count, world.Texts(Books.Birch).Count).ShouldBe((1, 1));
        (await world.ReadAsync("SELECT kind FROM audit WHERE kind = 'handover'")).Count.ShouldBe(1);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_text_once_when_the_clock_is_set_back_by_a_restored_database()
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of());
        await world.PassAsync(TimeSpan.FromMinutes(31));

        await using (var source = NpgsqlDataSource.Create(world.ConnectionString))
        {
            await using var command = source.CreateCommand("UPDATE rota_clock SET looked_until = looked_until - interval '20 minutes'");
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await world.PassAsync(TimeSpan.FromMinutes(6));

        (world.Texts(Books.Ash).Count, world.Texts(Books.Birch).Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Should_be_texted_by_the_node_that_is_left()
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of(), nodes: 2, manyAtOnce: true);
        await world.PassAsync(TimeSpan.FromMinutes(29.9));
        await world.StopNodeAsync(world.Nodes[0]);

        await world.PassAsync(TimeSpan.FromMinutes(1));

        (world.Texts(Books.Ash).Count, world.Texts(Books.Birch).Count).ShouldBe((1, 1));
    }
}
