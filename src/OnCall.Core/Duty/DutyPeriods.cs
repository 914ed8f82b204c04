using NodaTime;

namespace OnCall.Core.Duty;

/// <summary>A window of a rota's timeline.</summary>
/// <param name="Periods">In order of time; stretches with nobody are left out.</param>
/// <param name="Gaps">In order of time; stretches in which fewer are on duty than the rota's cover asks.</param>
public sealed record DutyPeriods(ValueList<DutyPeriod> Periods, ValueList<DutyGap> Gaps);

/// <summary>A stretch in which the same advisers are on duty; two that adjoin never have the same.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Advisers">Ids, sorted; never empty.</param>
/// <param name="Sources">What puts them there, in the order in which it first does.</param>
public sealed record DutyPeriod(Instant Start, Instant End, ValueList<string> Advisers, ValueList<DutySource> Sources)
{
    /// <summary>One adviser's duties, each unbroken whoever else comes and goes meanwhile: [start, end), in order of time.</summary>
    /// <param name="periods">In order of time.</param>
    public static IReadOnlyList<(Instant Start, Instant End)> UnbrokenOf(string adviser, IEnumerable<DutyPeriod> periods)
    {
        var duties = new List<(Instant Start, Instant End)>();
        foreach (var period in periods.Where(period => period.Advisers.Contains(adviser)))
        {
            if (duties is [.., var last] && last.End == period.Start)
            {
                duties[^1] = (last.Start, period.End);
            }
            else
            {
                duties.Add((period.Start, period.End));
            }
        }

        return duties;
    }
}

/// <summary>A stretch in which advisers are missing.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Missing">How many, at least 1, the same throughout.</param>
public sealed record DutyGap(Instant Start, Instant End, int Missing);
