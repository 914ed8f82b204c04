using System.Globalization;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Schedule;

public sealed class When_duty_is_handed_over(TestDatabase databases)
{
    private const string AshGoes = "Your duty for Extradition desk has ended; Billie Birch has taken over.";
    private const string BirchComes = "You are on duty for Extradition desk until Thu 26 Nov 09:30, after Alex Ash.";

    [Theory, Nodes]
    public async Task Should_text_who_goes_and_who_comes_once_each_in_that_minute(int nodes)
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of(), nodes);

        await world.PassAsync(TimeSpan.FromMinutes(29));
        world.Texts(Books.Ash).ShouldBeEmpty();
        world.Texts(Books.Birch).ShouldBeEmpty();
        await world.PassAsync(TimeSpan.FromMinutes(2));

        world.Texts(Books.Ash).ShouldBe([AshGoes]);
        world.Texts(Books.Birch).ShouldBe([BirchComes]);
        await world.PassAsync(TimeSpan.FromMinutes(30));
        world.Texts(Books.Ash).Count.ShouldBe(1);
        world.Texts(Books.Birch).Count.ShouldBe(1);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_go_on_from_one_to_the_next()
    {
        await using var world = await World.StartAsync(
            databases, DutyBook.Of("{ name: short, rotation: { start: 2026-11-25T08:50, turn: PT20M, advisers: [ash, birch] } }"));

        await world.PassAsync(TimeSpan.FromMinutes(55));

        world.Texts(Books.Ash).ShouldBe(
        [
            AshGoes,
            "You are on duty for Extradition desk until Wed 25 Nov 09:50, after Billie Birch.",
            AshGoes,
        ]);
    }

    [Fact]
    public async Task Should_stand_in_the_record_with_whoever_was_told_and_whoever_was_not()
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of(birch: ", sms: null"));

        await world.PassAsync(TimeSpan.FromMinutes(31));

        world.Texts(Books.Birch).ShouldBeEmpty();
        (await world.ReadAsync("SELECT actor || ' ' || kind || ' ' || subject || ' ' || before::text || ' ' || after::text FROM audit WHERE kind <> 'import'")).ShouldHaveSingleItem().ShouldBe(
            "oncall handover extradition {\"advisers\": [\"ash\"]} "
            + "{\"at\": \"2026-11-25T09:30:00Z\", \"missed\": false, \"texted\": [\"ash\"], \"leftOut\": {\"birch\": \"takes no texts\"}, \"advisers\": [\"birch\"]}");
    }

    [Fact]
    public async Task Should_text_nobody_of_a_handover_that_a_change_of_the_book_made_vanish()
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of());
        await world.PassAsync(TimeSpan.FromMinutes(28));

        await world.PublishAsync(DutyBook.Of(overrides: "{ start: 2026-11-25T09:00, end: 2026-11-26T09:30, adviser: ash }"));
        await world.PassAsync(TimeSpan.FromMinutes(30));

        world.Texts(Books.Ash).ShouldBeEmpty();
        world.Texts(Books.Birch).ShouldBeEmpty();
        (await world.ReadAsync("SELECT subject FROM notices")).ShouldBeEmpty();
    }

    [Theory, Nodes]
    public async Task Should_follow_a_change_of_the_book_to_another_time_and_to_a_change_that_counts_at_once(int nodes)
    {
        await using var world = await World.StartAsync(databases, DutyBook.Of(), nodes);
        await world.PassAsync(TimeSpan.FromMinutes(5));

        // Cedar from now on, Birch a quarter of an hour earlier than planned.
        await world.PublishAsync(DutyBook.Of(overrides: "{ start: 2026-11-25T09:00, end: 2026-11-25T09:15, adviser: cedar }, { start: 2026-11-25T09:15, end: 2026-11-25T10:00, adviser: birch }"));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Texts(Books.Ash).ShouldBe(["Your duty for Extradition desk has ended; Chris Cedar has taken over."]);
        world.Texts(Books.Cedar).ShouldBe(["You are on duty for Extradition desk until Wed 25 Nov 09:15, after Alex Ash."]);
        await world.PassAsync(TimeSpan.FromHours(1));

        world.Texts(Books.Cedar).Skip(1).ShouldBe(["Your duty for Extradition desk has ended; Billie Birch has taken over."]);
        world.Texts(Books.Birch).ShouldBe(["You are on duty for Extradition desk until Thu 26 Nov 09:30, after Chris Cedar."]);
        world.Texts(Books.Ash).Count.ShouldBe(1);
        world.ShouldBeFlawless();
    }

    [Theory]
    [InlineData("2027-03-28T00:00Z", "01:00")]
    [InlineData("2027-10-31T00:00Z", "00:30")]
    public async Task Should_hand_over_once_and_at_the_right_instant_in_the_nights_of_the_clock_changes(string midnight, string handedOver)
    {
        const string AtHalfPastOne = """{ name: daily, rotation: { start: 2026-11-24T01:30, turn: P1D, advisers: [ash, birch] } }""";
        await using var world = await World.StartAsync(databases, DutyBook.Of(AtHalfPastOne), at: DateTimeOffset.Parse(midnight, CultureInfo.InvariantCulture));

        await world.PassAsync(TimeSpan.FromHours(3));

        (await world.ReadAsync("SELECT to_char(at AT TIME ZONE 'UTC', 'HH24:MI') FROM notices")).ShouldBe([handedOver]);
        (world.Texts(Books.Ash).Count, world.Texts(Books.Birch).Count).ShouldBe((1, 1));
    }
}
