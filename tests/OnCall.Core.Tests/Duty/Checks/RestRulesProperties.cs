using CsCheck;
using NodaTime;
using OnCall.Core.Duty.Checks;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Duty.Checks;

/// <summary>The rules of rest against a grid of quarters of an hour.</summary>
public sealed class RestRulesProperties
{
    /// <summary>The longest that <see cref="Work"/> makes.</summary>
    private const int Quarters = 40 * (160 + 60);

    private static readonly Instant Start = Instant.FromUtc(2027, 1, 4, 0, 0);

    private static readonly Gen<List<Stretch>> Work = Gen.Select(Gen.Int[1, 160], Gen.Int[1, 60]).List[0, 40].Select(steps =>
    {
        var work = new List<Stretch>();
        var at = Start;
        foreach (var (free, busy) in steps)
        {
            at += Duration.FromMinutes(15 * free);
            work.Add(new Stretch(at, at + Duration.FromMinutes(15 * busy)));
            at += Duration.FromMinutes(15 * busy);
        }

        return work;
    });

    [Fact]
    public void ShortDays_RandomWork_AreThe24HoursFromAStartWithoutElevenFreeOnes() =>
        Work.Sample(work => RestRules.ShortDays(work).Select(day => day.In.Start).ShouldBe(StartsWith(work, (grid, start) => LongestFree(grid, start, 96) < 44)));

    [Fact]
    public void ShortWeeks_RandomWork_AreThe7DaysFromAStartWithoutADayOffUnlessThe14Have48() =>
        Work.Sample(work => RestRules.ShortWeeks(work).Select(week => week.In.Start).ShouldBe(StartsWith(
            work, (grid, start) => LongestFree(grid, start, 7 * 96) < 96 && LongestFree(grid, start, 14 * 96) < 192 && FreeDays(grid, start, 14 * 96) < 2)));

    [Fact]
    public void Runs_RandomWork_PartWhereADayIsFreeAndNowhereElse() =>
        Work.Sample(work =>
        {
            var runs = RestRules.Runs(work).ToList();
            runs.Zip(runs.Skip(1)).ShouldAllBe(pair => pair.Second.Start - pair.First.End >= Duration.FromDays(1));
            work.ShouldAllBe(one => runs.Count(run => run.Start <= one.Start && one.End <= run.End) == 1);
            runs.Count.ShouldBe(work.Count == 0 ? 0 : 1 + work.Zip(work.Skip(1)).Count(pair => pair.Second.Start - pair.First.End >= Duration.FromDays(1)));
        });

    private static IEnumerable<Instant> StartsWith(List<Stretch> work, Func<bool[], int, bool> isShort)
    {
        var busy = new bool[Quarters + (20 * 96)];
        foreach (var stretch in work)
        {
            Array.Fill(busy, true, Index(stretch.Start), Index(stretch.End) - Index(stretch.Start));
        }

        return work.Select(stretch => stretch.Start).Where(start => isShort(busy, Index(start)));
    }

    private static int LongestFree(bool[] busy, int from, int length) => Free(busy, from, length).DefaultIfEmpty(0).Max();

    private static int FreeDays(bool[] busy, int from, int length) => Free(busy, from, length).Count(free => free >= 96);

    private static IEnumerable<int> Free(bool[] busy, int from, int length)
    {
        var free = 0;
        for (var index = from; index < from + length; index++)
        {
            if (!busy[index])
            {
                free++;
            }
            else if (free > 0)
            {
                yield return free;
                free = 0;
            }
        }

        if (free > 0)
        {
            yield return free;
        }
    }

    private static int Index(Instant instant) => (int)(instant - Start).TotalMinutes / 15;
}
