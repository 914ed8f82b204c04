using CsCheck;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Duty;

/// <summary>No gap or overlap that the document does not ask for, over years and clock changes.</summary>
public sealed class SeamlessProperties
{
    private static readonly string[] Zones =
        ["Europe/London", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo", "Africa/Casablanca"];

    private static readonly Gen<DateTimeZone> Zone = Gen.Int[0, Zones.Length - 1].Select(index => DateTimeZoneProviders.Tzdb[Zones[index]]);

    private static readonly Gen<LocalDateTime> Start = Gen.Int[0, 20 * 365 * 24 * 4].Select(quarter => new LocalDateTime(2008, 1, 31, 0, 0).PlusMinutes(quarter * 15));

    private static readonly Gen<Turn> Turn = Gen.OneOf<Turn>(
        Gen.Int[1, 30].Select(days => (Turn)new Turn.Days(days)),
        Gen.Int[1, 12].Select(months => (Turn)new Turn.Months(months)),
        Gen.Int[30, 5_000].Select(minutes => (Turn)new Turn.Elapsed(Duration.FromMinutes(minutes))));

    [Fact]
    public void Between_ARotationAlone_IsOneAdviserAfterTheOtherFromItsStartOn() => Gen.Select(Zone, Start, Turn).Sample(
        (zone, start, turn) =>
        {
            var rotation = new Rotation(start, null, turn, ["a", "b", "c"]);
            var (book, rota) = Book(zone, rotation);
            var first = LocalTimes.Resolve(start, zone);
            var to = first + Duration.FromDays(370);

            var duty = DutyTimeline.Between(book, rota, first, to);

            duty.Gaps.ShouldBeEmpty();
            duty.Periods.ShouldAllBe(period => period.Advisers.Count == 1);
            duty.Periods[0].Start.ShouldBe(first);
            duty.Periods[^1].End.ShouldBe(to);
            duty.Periods.Zip(duty.Periods.Skip(1)).ShouldAllBe(pair => pair.First.End == pair.Second.Start && pair.First.Advisers[0] != pair.Second.Advisers[0]);
        },
        iter: 40);

    [Fact]
    public void Between_APatternWhoseShiftsPartTheDay_HasExactlyOneTeamAtWorkAtEveryInstant() => Gen.Select(Zone, Start, Gen.Int[0, 95], Gen.Int[1, 47], Gen.Int[48, 95]).Sample(
        (zone, start, begin, second, third) =>
        {
            LocalTime At(int quarter) => LocalTime.FromMinutesSinceMidnight((begin + quarter) % 96 * 15);
            var pattern = new ShiftPattern(
                start.Date,
                [new PatternShift("E", At(0), At(second)), new PatternShift("L", At(second), At(third)), new PatternShift("N", At(third), At(96))],
                ["E", "L", "N"],
                [new PatternTeam(["a"], 0), new PatternTeam(["b"], 1), new PatternTeam(["c"], 2)]);
            var (book, rota) = Book(zone, pattern);
            var from = LocalTimes.StartOfDay(start.Date.PlusDays(3), zone);

            var duty = DutyTimeline.Between(book, rota, from, from + Duration.FromDays(370));

            duty.Gaps.ShouldBeEmpty();
            duty.Periods.ShouldAllBe(period => period.Advisers.Count == 1);
            duty.Periods.Zip(duty.Periods.Skip(1)).ShouldAllBe(pair => pair.First.End == pair.Second.Start);
        },
        iter: 40);

    private static (RotaBook Book, Rota Rota) Book(DateTimeZone zone, LayerDuty duty)
    {
        var rota = new Rota("r", "R", zone, 1, [new Layer("x", null, null, [], duty)], []);
        return (new RotaBook(1, new BookContent
        {
            Zone = zone,
            Advisers = new[] { "a", "b", "c" }.Select(id => new Adviser(id, id, PhoneNumber.Parse("+447700900101"), null, null, [], null, null)).ToValueList(),
            Rotas = [rota],
        }), rota);
    }
}
