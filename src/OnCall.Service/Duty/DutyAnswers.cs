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
            [.. duty.Advisers.Select(on => new PersonOnDuty(on.Id, on.Adviser.Name, on.Until is { } until ? AskedTime.Show(until, rota.Zone) : null))],
            duty.Next is { } next ? new NextDuty(AskedTime.Show(next.At, rota.Zone), next.Advisers) : null);
    }
}

/// <param name="Until">Where the person's unbroken duty ends; null = not within 400 days.</param>
internal sealed record PersonOnDuty(string Id, string Name, string? Until);

internal sealed record NextDuty(string At, IEnumerable<string> Advisers);

/// <summary>A window of a rota's timeline. Times are in the rota's zone.</summary>
internal sealed record DutyPeriodsAnswer(IEnumerable<PeriodAnswer> Periods, IEnumerable<GapAnswer> Gaps)
{
    public static DutyPeriodsAnswer Between(RotaBook book, Rota rota, Instant from, Instant to)
    {
        var duty = DutyTimeline.Between(book, rota, from, to);
        return new DutyPeriodsAnswer(
            [
                .. duty.Periods.Select(period => new PeriodAnswer(
                    AskedTime.Show(period.Start, rota.Zone),
                    AskedTime.Show(period.End, rota.Zone),
                    period.Advisers,
                    [.. period.Sources.Select(source => source.Key)])),
            ],
            [.. duty.Gaps.Select(gap => new GapAnswer(AskedTime.Show(gap.Start, rota.Zone), AskedTime.Show(gap.End, rota.Zone), gap.Missing))]);
    }
}

internal sealed record PeriodAnswer(string Start, string End, IEnumerable<string> Advisers, IEnumerable<string> Sources);

internal sealed record GapAnswer(string Start, string End, int Missing);
