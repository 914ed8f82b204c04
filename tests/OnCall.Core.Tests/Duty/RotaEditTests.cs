using CsCheck;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Duty;

public sealed class RotaEditTests
{
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];
    private static readonly Instant Now = Instant.FromUtc(2026, 2, 4, 12, 0);

    [Theory]
    [InlineData("a b c", "a b c d")]
    [InlineData("a b c", "a d b c")]
    [InlineData("a b a c", "a b a c d")]
    [InlineData("a b c", "a c")] // b, who has the turn, goes: c would have come next
    [InlineData("a b c", "x y")]
    public void EffectiveFrom_PeopleOfARotationChange_KeepsWhoHasTheTurn(string was, string wanted)
    {
        var (before, after) = (Rota(Weekly(was)), Rota(Weekly(wanted)));
        var edited = RotaEdit.EffectiveFrom(before, after, Now);

        var holder = On(before, Now);
        On(edited, Now - Duration.FromMinutes(1)).ShouldBe(holder);
        On(edited, Now).ShouldBe(wanted.Contains(holder, StringComparison.Ordinal) ? holder : Next(was, wanted) ?? wanted[..1]);
        On(edited, Now + Duration.FromDays(7)).ShouldBe(After(wanted, On(edited, Now)));
    }

    [Fact]
    public void EffectiveFrom_RotationChanges_EndsTheOldLayerAndBeginsTheNewOne()
    {
        var edited = RotaEdit.EffectiveFrom(Rota(Weekly("a b c")), Rota(Weekly("a b c d")), Now);

        edited.Layers.Select(layer => (layer.Name, layer.From, layer.Until)).ShouldBe(
            [("week", null, Now), ("week from 2026-02-04T12:00", Now, null)]);
        RotaEdit.EffectiveFrom(edited, edited, Now + Duration.FromDays(1)).ShouldBe(edited);
    }

    [Fact]
    public void EffectiveFrom_ChangedAgain_NamesTheThirdAfterItsOwnTime()
    {
        var edited = RotaEdit.EffectiveFrom(Rota(Weekly("a b c")), Rota(Weekly("a b c d")), Now);
        var changed = edited.Layers[1] with { Duty = ((Rotation)edited.Layers[1].Duty) with { Advisers = ["a", "b"] } };

        var again = RotaEdit.EffectiveFrom(edited, edited with { Layers = [edited.Layers[0], changed] }, Now + Duration.FromDays(28));

        again.Layers.Select(layer => layer.Name).ShouldBe(["week", "week from 2026-02-04T12:00", "week from 2026-03-04T12:00"]);
    }

    [Fact]
    public void EffectiveFrom_RotationOfThe31st_StaysAtTheEndOfMonths()
    {
        Rotation Monthly(params string[] ids) => new(new LocalDateTime(2026, 1, 31, 9, 0), null, new Turn.Months(1), ids.ToValueList());
        var edited = RotaEdit.EffectiveFrom(Rota(Monthly("a", "b")), Rota(Monthly("a", "b", "c")), Instant.FromUtc(2026, 3, 5, 0, 0));

        ((Rotation)edited.Layers[1].Duty).Start.ShouldBe(new LocalDateTime(2026, 1, 31, 9, 0));
        On(edited, Instant.FromUtc(2026, 3, 5, 0, 0)).ShouldBe("b");
        On(edited, Instant.FromUtc(2026, 3, 31, 8, 30)).ShouldBe("c");
    }

    /// <summary>Before the moment the old rota, from it on the new one: whatever the layers are, and whichever of them stayed.</summary>
    [Theory]
    [InlineData("Europe/London", "2027-03-28T01:00Z")]
    [InlineData("Australia/Lord_Howe", "2027-04-03T15:00Z")]
    public void EffectiveFrom_RandomRotas_IsTheOneBeforeAndTheOtherAfterwards(string zone, string change)
    {
        var books = new RandomBooks(zone, GivenRota.Time(change));
        Gen.Select(books.Book, books.Book, books.Moment, Gen.Int[0, 7]).Sample(
            (old, now, at, kept) =>
            {
                var (start, end) = (books.Start + Duration.FromDays(2), books.Start + Duration.FromDays(7));
                var before = old.Content.Rotas[0] with { Overrides = [] };
                var staying = before.Layers.Where((_, place) => (kept >> place & 1) == 1);
                var fresh = now.Content.Rotas[0].Layers.Select(layer => layer with { Name = $"new {layer.Name}" });
                var after = before with { Layers = staying.Concat(fresh).ToValueList() };

                var edited = RotaEdit.EffectiveFrom(before, after, at);

                Periods(old, edited, start, at).ShouldBe(Periods(old, before, start, at));
                Periods(old, edited, at, end).ShouldBe(Periods(old, after, at, end));
                edited.Layers.Select(layer => layer.Name).ShouldBeUnique();
            },
            iter: 200);
    }

    private static IEnumerable<string> Periods(RotaBook book, Rota rota, Instant from, Instant to) => from >= to
        ? []
        : DutyTimeline.Between(book, rota, from, to).Periods.Select(period => $"{period.Start} {period.End} {string.Join(' ', period.Advisers)}");

    private static string? Next(string was, string wanted) =>
        Enumerable.Range(1, was.Length).Select(step => After(was, On(Rota(Weekly(was)), Now), step)).FirstOrDefault(id => wanted.Contains(id, StringComparison.Ordinal));

    private static string After(string list, string id, int steps = 1)
    {
        var ids = list.Split(' ');
        return ids[(Array.IndexOf(ids, id) + steps) % ids.Length];
    }

    private static Rotation Weekly(string ids) => new(new LocalDateTime(2026, 1, 5, 9, 0), null, new Turn.Days(7), ids.Split(' ').ToValueList());

    private static Rota Rota(Rotation rotation) => new("r", "R", London, 1, [new Layer("week", null, null, [], rotation)], []);

    private static string On(Rota rota, Instant at)
    {
        var people = rota.Layers.SelectMany(layer => ((Rotation)layer.Duty).Advisers).Distinct()
            .Select(id => new Adviser(id, id, PhoneNumber.Parse("+447700900101"), null, null, [], null, null));
        return DutyTimeline.At(new RotaBook(1, new BookContent { Zone = London, Advisers = people.ToValueList(), Rotas = [rota] }), rota, at).Advisers.ShouldHaveSingleItem().Id;
    }
}
