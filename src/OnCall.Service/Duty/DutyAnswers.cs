using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;

namespace OnCall.Service.Duty;

/// <summary>Who is on duty in a rota. Times are in the rota's zone.</summary>
/// <param name="Next">The next change; null = none within 400 days.</param>
internal sealed record OnDutyAnswer(string Rota, IEnumerable<PersonOnDuty> Advisers, NextDuty? Next)
{
    public static OnDutyAnswer At(RotaBook book, Rota rota, Instant at)
    {
        var duty = DutyTimeline.At(book, rota, at);
        return new OnDutyAnswer(
            rota.Id,
            [.. duty.Advisers.Select(on => new PersonOnDuty(on.Id, on.Adviser.Name, on.Until is { } until ? AskedTime.Show(until, rota.Zone) : null, on.Reason.ToString()))],
            duty.Next is { } next ? new NextDuty(AskedTime.Show(next.At, rota.Zone), next.Advisers) : null);
    }
}

/// <param name="Until">Where the person's unbroken duty ends; null = not within 400 days.</param>
/// <param name="Reason">Why the person is on duty at the instant that was asked about.</param>
internal sealed record PersonOnDuty(string Id, string Name, string? Until, string Reason);

internal sealed record NextDuty(string At, IEnumerable<string> Advisers);

/// <summary>A window of a rota's timeline. Times are in the rota's zone.</summary>
internal sealed record DutyPeriodsAnswer(IEnumerable<PeriodAnswer> Periods, IEnumerable<GapAnswer> Gaps)
{
    public static DutyPeriodsAnswer Between(RotaBook book, Rota rota, Instant from, Instant to) =>
        Between(new DutyHistory([new BookInForce(from, book)], rota.Id), rota.Zone, from, to);

    public static DutyPeriodsAnswer Between(DutyHistory history, DateTimeZone zone, Instant from, Instant to)
    {
        var duty = history.Between(from, to);
        return new DutyPeriodsAnswer(
            [
                .. duty.Periods.Select(period => new PeriodAnswer(
                    AskedTime.Show(period.Start, zone),
                    AskedTime.Show(period.End, zone),
                    period.Advisers,
                    [.. period.Sources.Select(source => source.Key)],
                    [.. history.Why(period.Start, period.End).Select(stay => ReasonAnswer.Of(stay, zone))])),
            ],
            [.. duty.Gaps.Select(gap => new GapAnswer(AskedTime.Show(gap.Start, zone), AskedTime.Show(gap.End, zone), gap.Missing))]);
    }
}

/// <param name="Reasons">Why each adviser is on duty, by start, then adviser; the reason may change within the period.</param>
internal sealed record PeriodAnswer(string Start, string End, IEnumerable<string> Advisers, IEnumerable<string> Sources, IEnumerable<ReasonAnswer> Reasons);

/// <summary>A stretch in which one adviser is on duty for one reason.</summary>
internal sealed record ReasonAnswer(string Adviser, string Start, string End, string Reason)
{
    public static ReasonAnswer Of(DutyStay stay, DateTimeZone zone) =>
        new(stay.Adviser, AskedTime.Show(stay.Start, zone), AskedTime.Show(stay.End, zone), stay.Reason.ToString());
}

internal sealed record GapAnswer(string Start, string End, int Missing);
