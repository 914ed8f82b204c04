using NodaTime;
using NodaTime.Text;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>What is reported of overrides: where they have no effect, and where they call on somebody who is away.</summary>
public static class DutyWarnings
{
    /// <summary>How far into an override is looked, so that one of a century costs no more than one of a year.</summary>
    private static readonly Duration LookInto = Duration.FromDays(366);

    /// <summary>Enough for any real book; a book that needs more stretches than this is checked in part.</summary>
    private const int MostStretches = 200_000;

    /// <summary>Sentences, by rota and in the order of its overrides.</summary>
    /// <param name="now">Overrides that ended before are past caring.</param>
    /// <param name="which">Of which a word is wanted; null = of all.</param>
    public static IEnumerable<string> Of(RotaBook book, Instant now, Func<Rota, Override, bool>? which = null)
    {
        var left = MostStretches;
        foreach (var rota in book.Content.Rotas)
        {
            var times = BookTimes.Of(book, rota);
            for (var index = 0; index < rota.Overrides.Count && left > 0; index++)
            {
                var change = rota.Overrides[index];
                if (change.End <= now || which?.Invoke(rota, change) == false)
                {
                    continue;
                }

                if (Idle(times, change, ref left) is { } idle)
                {
                    var replaced = ((OverrideEffect.InPlaceOf)change.Effect).Adviser;
                    yield return $"{Place(rota, index, change)} has no effect from {Shown(idle.Start, rota)} to {Shown(idle.End, rota)}: {replaced} would not be on duty.";
                }

                if (FirstAway(book, change) is { } away)
                {
                    yield return $"{Place(rota, index, change)} holds although {change.Adviser} is away from {Shown(away, rota)}.";
                }
            }
        }
    }

    /// <summary>The first stretch in which an override has no effect.</summary>
    private static (Instant Start, Instant End)? Idle(RotaTimes times, Override change, ref int left)
    {
        if (change.Effect is not OverrideEffect.InPlaceOf)
        {
            return null;
        }

        Instant? start = null;
        var end = Instant.Min(change.End, change.Start + LookInto);
        var sweep = times.Begin();
        for (var at = change.Start; at < end && left-- > 0;)
        {
            var remarks = new DutyRemarks();
            var stretch = sweep.From(at, remarks);
            var isIdle = remarks.Idle.Exists(other => ReferenceEquals(other, change));
            if (!isIdle && start is not null)
            {
                return (start.Value, at);
            }

            start ??= isIdle ? at : null;
            at = stretch.End;
        }

        return start is null ? null : (start.Value, end);
    }

    private static Instant? FirstAway(RotaBook book, Override change)
    {
        for (var at = change.Start; at < change.End;)
        {
            if (BookTimes.IsAway(book, change.Adviser, at, out var until))
            {
                return at;
            }

            at = until;
        }

        return null;
    }

    private static string Place(Rota rota, int index, Override change) => $"The rota {rota.Id}: {new DutySource.FromOverride(index + 1, change)}";

    private static string Shown(Instant instant, Rota rota) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm").Format(instant.InZone(rota.Zone).LocalDateTime);
}
