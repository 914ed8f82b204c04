using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Schedule;

/// <summary>When the coordinators are told of what is missing: every day at 09:00, in the document's zone.</summary>
public static class Mornings
{
    private static readonly LocalTime Nine = new(9, 0);

    /// <summary>The last morning of (<paramref name="after"/>, <paramref name="through"/>]; null = there is none, or nobody who would be told.</summary>
    public static Instant? Last(RotaBook book, Instant after, Instant through)
    {
        if (book.Coordinators.Count == 0)
        {
            return null;
        }

        var today = Of(book, through, 0);
        var last = today <= through ? today : Of(book, through, -1);
        return last > after ? last : null;
    }

    /// <summary>The next morning after an instant; null = there is nobody who would be told.</summary>
    public static Instant? Next(RotaBook book, Instant after)
    {
        if (book.Coordinators.Count == 0)
        {
            return null;
        }

        var today = Of(book, after, 0);
        return today > after ? today : Of(book, after, 1);
    }

    private static Instant Of(RotaBook book, Instant day, int daysLater)
    {
        var zone = book.Zone ?? DateTimeZone.Utc;
        return LocalTimes.Resolve(day.InZone(zone).Date.PlusDays(daysLater).At(Nine), zone);
    }
}
