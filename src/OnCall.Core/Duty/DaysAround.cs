using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>The local days on which a stretch of at most a day may begin that matters at an instant of a given day.</summary>
/// <remarks>
/// A stretch that began yesterday may still hold. A clock that goes back over midnight makes an instant belong to the day
/// before that of a stretch which holds already, hence tomorrow; the day before yesterday is there for skips of a whole day.
/// </remarks>
internal static class DaysAround
{
    public static IEnumerable<LocalDate> Of(LocalDate today)
    {
        for (var days = -2; days <= 1; days++)
        {
            yield return today.PlusDays(days);
        }
    }

    /// <summary>Every stretch that begins on a later day than those of <see cref="Of"/> begins at this instant or after it.</summary>
    public static Instant KnownUntil(LocalDate today, DateTimeZone zone) => LocalTimes.StartOfDay(today.PlusDays(2), zone);

    /// <summary>Whether a stretch holds at an instant; lowers <paramref name="steady"/> to the next of its ends.</summary>
    public static bool Holds((Instant Start, Instant End) stretch, Instant at, ref Steady steady)
    {
        if (at >= stretch.End || stretch.Start == stretch.End)
        {
            return false;
        }

        var begun = at >= stretch.Start;
        steady.Until(begun ? stretch.End : stretch.Start);
        return begun;
    }
}
