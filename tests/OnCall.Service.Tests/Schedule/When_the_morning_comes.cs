using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Schedule;

public sealed class When_the_morning_comes(TestDatabase databases)
{
    private const string Coordinators = $$"""coordinators: [ { id: p.lane, name: Pat Lane, phone: "{{DutyBook.Coordinator}}" } ]""";
    private const string UntilEvening = """{ name: list, shifts: [ { start: 2026-01-01T00:00, end: 2026-11-28T18:00, adviser: ash }, { start: 2026-11-29T09:00, end: 2029-01-01T00:00, adviser: birch } ] }""";
    private const string Shreds = """{ name: list, only: [ { days: [Mon, Tue, Wed, Thu, Fri], from: "09:00", to: "17:00" } ], rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [ash] } }""";

    private static readonly DateTimeOffset FiveToNine = new(2026, 11, 25, 8, 55, 0, TimeSpan.Zero);

    [Theory, Nodes]
    public async Task Should_text_the_coordinators_the_gaps_of_the_next_14_days_once(int nodes)
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of(UntilEvening, more: Coordinators), nodes, at: FiveToNine);

        await world.PassAsync(TimeSpan.FromMinutes(4.5));
        world.Texts(DutyBook.Coordinator).ShouldBeEmpty();
        await world.PassAsync(TimeSpan.FromMinutes(20));

        world.Texts(DutyBook.Coordinator).ShouldBe(["Not covered in the next 14 days: Extradition desk Sat 28 Nov 18:00-Sun 29 Nov 09:00"]);
        (await world.ReadAsync("SELECT subject || ' ' || after::text FROM audit WHERE kind = 'gaps'")).ShouldBe(
            ["coordinators {\"at\": \"2026-11-25T09:00:00Z\", \"missed\": false, \"texted\": [\"p.lane\"], \"leftOut\": {}}"]);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_text_nothing_when_there_is_no_gap()
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of(more: Coordinators), at: FiveToNine);

        await world.PassAsync(TimeSpan.FromMinutes(20));

        world.Texts(DutyBook.Coordinator).ShouldBeEmpty();
        (await world.ReadAsync("SELECT kind FROM audit WHERE kind = 'gaps'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_shorten_a_long_list()
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of(Shreds, more: Coordinators), at: FiveToNine);

        await world.UntilAsync(() => world.Texts(DutyBook.Coordinator).Any(), TimeSpan.FromMinutes(20));

        var text = world.Texts(DutyBook.Coordinator).ShouldHaveSingleItem();
        text.Length.ShouldBeLessThanOrEqualTo(160);
        text.ShouldBe("Not covered in the next 14 days: Extradition desk Wed 25 Nov 17:00-Thu 26 Nov 09:00; Extradition desk Thu 26 Nov 17:00-Fri 27 Nov 09:00; and 8 more; oncall gaps");
    }

    [Theory]
    [InlineData(120, 1)]
    [InlineData(300, 0)]
    public async Task Should_still_text_before_noon_when_the_service_was_away(int minutesAway, int texts)
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of(UntilEvening, more: Coordinators), at: FiveToNine);
        await world.UntilAsync("SELECT looked_until IS NOT NULL FROM rota_clock");
        await world.StopNodeAsync(world.Nodes[0]);
        world.Time.Advance(TimeSpan.FromMinutes(minutesAway));

        await world.StartNodeAsync();
        await world.UntilAsync("SELECT EXISTS (SELECT FROM notices WHERE kind = 'gaps')");
        await world.PassAsync(TimeSpan.FromSeconds(5));

        world.Texts(DutyBook.Coordinator).Count.ShouldBe(texts);
    }
}
