using CsCheck;
using NodaTime;
using NodaTime.Text;
using OnCall.Core.Duty;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Duty;

/// <summary>The interval resolver against the minute-by-minute oracle, over random books around clock changes.</summary>
public sealed class DutyTimelineProperties
{
    private const int FirstCompared = 2 * 24 * 60;
    private const int LastCompared = RandomBooks.Minutes - (3 * 24 * 60);

    public static TheoryData<string, string> ClockChanges => new()
    {
        { "Europe/London", "2027-03-28T01:00Z" },
        { "Europe/London", "2027-10-31T01:00Z" },
        { "Europe/Dublin", "2027-03-28T01:00Z" },
        { "Europe/Dublin", "2027-10-31T01:00Z" },
        { "America/New_York", "2027-03-14T07:00Z" },
        { "America/New_York", "2027-11-07T06:00Z" },
        { "Australia/Lord_Howe", "2027-04-03T15:00Z" },
        { "Australia/Lord_Howe", "2027-10-02T15:30Z" },
        { "Asia/Kathmandu", "2027-03-28T01:00Z" },
        { "Pacific/Apia", "2011-12-30T10:00Z" },
        { "Pacific/Apia", "2012-03-31T14:00Z" },
        { "America/Sao_Paulo", "2018-11-04T03:00Z" },
        { "America/Sao_Paulo", "2018-02-18T02:00Z" },
    };

    [Theory]
    [MemberData(nameof(ClockChanges))]
    public void Between_RandomBook_EqualsTheOracle(string zone, string change)
    {
        var books = new RandomBooks(zone, GivenRota.Time(change));
        books.Book.Sample(
            book =>
            {
                var rota = book.Content.Rotas[0];
                var oracle = new MinuteOracle(book, rota, books.Start, RandomBooks.Minutes);
                var (from, to) = (books.Start + Duration.FromMinutes(FirstCompared), books.Start + Duration.FromMinutes(LastCompared));

                var duty = DutyTimeline.Between(book, rota, from, to);

                ShouldEqual(duty, oracle, books.Start, rota.Cover);
                ShouldBeMaximal(duty);
            },
            iter: 25);
    }

    [Theory]
    [MemberData(nameof(ClockChanges))]
    public void At_RandomBookAndMinute_EqualsTheOracle(string zone, string change)
    {
        var books = new RandomBooks(zone, GivenRota.Time(change));
        Gen.Select(books.Book, Gen.Int[FirstCompared, LastCompared - 1].Array[20]).Sample(
            (book, minutes) =>
            {
                var rota = book.Content.Rotas[0];
                var oracle = new MinuteOracle(book, rota, books.Start, RandomBooks.Minutes);
                foreach (var minute in minutes)
                {
                    ShouldEqual(DutyTimeline.At(book, rota, books.Start + Duration.FromMinutes(minute)), oracle.Advisers, minute, books.Start);
                    DutyTimeline.Who(book, rota, books.Start + Duration.FromMinutes(minute)).Select(on => on.Adviser.Id).ShouldBe(oracle.Advisers[minute]);
                }
            },
            iter: 12);
    }

    [Theory]
    [MemberData(nameof(ClockChanges))]
    public void Why_RandomBook_EqualsTheOracle(string zone, string change)
    {
        var books = new RandomBooks(zone, GivenRota.Time(change));
        books.Book.Sample(
            book =>
            {
                var rota = book.Content.Rotas[0];
                var oracle = new MinuteOracle(book, rota, books.Start, RandomBooks.Minutes);
                var (from, to) = (books.Start + Duration.FromMinutes(FirstCompared), books.Start + Duration.FromMinutes(LastCompared));

                var stays = DutyTimeline.Why(book, rota, from, to);

                ShouldEqual(stays, oracle, books.Start);
                stays.GroupBy(stay => stay.Adviser).ShouldAllBe(of => of.Zip(of.Skip(1)).All(pair =>
                    pair.First.End < pair.Second.Start || (pair.First.End == pair.Second.Start && !pair.First.Reason.Equals(pair.Second.Reason))));
            },
            iter: 12);
    }

    [Theory]
    [MemberData(nameof(ClockChanges))]
    public void Between_OneMoreOverride_ChangesNothingOutsideIt(string zone, string change)
    {
        var books = new RandomBooks(zone, GivenRota.Time(change));
        Gen.Select(books.Book, books.Override).Sample(
            (book, added) =>
            {
                var rota = book.Content.Rotas[0];
                var more = rota with { Overrides = rota.Overrides.Add(added) };
                var (from, to) = (books.Start, books.Start + Duration.FromDays(9));

                DutyTimeline.Between(book, more, from, added.Start).ShouldBeSameAs(DutyTimeline.Between(book, rota, from, added.Start));
                DutyTimeline.Between(book, more, added.End, to).ShouldBeSameAs(DutyTimeline.Between(book, rota, added.End, to));
            },
            iter: 25);
    }

    private static void ShouldEqual(DutyPeriods duty, MinuteOracle oracle, Instant start, int cover)
    {
        for (var minute = FirstCompared; minute < LastCompared; minute++)
        {
            var now = start + Duration.FromMinutes(minute);
            var expected = oracle.Advisers[minute];
            var found = duty.Periods.FirstOrDefault(period => period.Start <= now && now < period.End)?.Advisers ?? [];
            var missing = duty.Gaps.FirstOrDefault(gap => gap.Start <= now && now < gap.End)?.Missing ?? 0;
            if (!found.SequenceEqual(expected) || missing != Math.Max(0, cover - expected.Length))
            {
                throw new ShouldAssertException($"{InstantPattern.General.Format(now)}: {found}, {missing} missing; the oracle has [{string.Join(", ", expected)}]");
            }
        }
    }

    private static void ShouldEqual(ValueList<DutyStay> stays, MinuteOracle oracle, Instant start)
    {
        for (var minute = FirstCompared; minute < LastCompared; minute++)
        {
            var now = start + Duration.FromMinutes(minute);
            var found = stays.Where(stay => stay.Start <= now && now < stay.End).ToDictionary(stay => stay.Adviser, stay => stay.Reason.ToString());
            var expected = oracle.Places[minute].ToLookup(place => place.Holders[0], place => place.Why);
            if (found.Count != expected.Count || found.Any(stay => !expected[stay.Key].Contains(stay.Value)))
            {
                throw new ShouldAssertException($"{InstantPattern.General.Format(now)}: {string.Join(", ", found)}; the oracle has {string.Join(", ", oracle.Places[minute])}");
            }
        }
    }

    private static void ShouldBeMaximal(DutyPeriods duty)
    {
        foreach (var (one, next) in duty.Periods.Zip(duty.Periods.Skip(1)))
        {
            (one.End <= next.Start).ShouldBeTrue();
            (one.End == next.Start && one.Advisers.Equals(next.Advisers)).ShouldBeFalse();
        }

        foreach (var (one, next) in duty.Gaps.Zip(duty.Gaps.Skip(1)))
        {
            (one.End < next.Start || one.Missing != next.Missing).ShouldBeTrue();
        }
    }

    private static void ShouldEqual(DutyAnswer answer, string[][] oracle, int minute, Instant start)
    {
        var now = oracle[minute];
        answer.Advisers.Select(on => on.Id).ShouldBe(now);

        var change = Array.FindIndex(oracle, minute, advisers => !advisers.SequenceEqual(now));
        if (change >= 0 && change < LastCompared)
        {
            answer.Next.ShouldNotBeNull();
            answer.Next.At.ShouldBe(start + Duration.FromMinutes(change));
            answer.Next.Advisers.ShouldBe(oracle[change]);
        }

        foreach (var on in answer.Advisers)
        {
            var end = Array.FindIndex(oracle, minute, advisers => !advisers.Contains(on.Id));
            if (end >= 0 && end < LastCompared)
            {
                on.Until.ShouldBe(start + Duration.FromMinutes(end));
            }
        }
    }
}

internal static class SameDuty
{
    /// <summary>Equal but for the cut at a window's end, at which nothing differs here.</summary>
    public static void ShouldBeSameAs(this DutyPeriods one, DutyPeriods other)
    {
        one.Periods.Select(period => (period.Start, period.End, period.Advisers)).ShouldBe(other.Periods.Select(period => (period.Start, period.End, period.Advisers)));
        one.Gaps.ShouldBe(other.Gaps);
    }
}
