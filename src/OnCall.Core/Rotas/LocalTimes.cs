using NodaTime;
using NodaTime.TimeZones;

namespace OnCall.Core.Rotas;

/// <summary>Where wall clock becomes instant: the only place in which it does.</summary>
/// <remarks>
/// The rule: a time that a clock change skips is the first moment after the skip; one that comes twice is the first of the two.
/// London, 2027-03-28T01:30 (skipped) → 02:00 BST = 01:00Z; 2027-10-31T01:30 (twice) → 01:30 BST = 00:30Z.
/// So a later wall-clock time never becomes an earlier instant, and hand-overs keep their order.
/// </remarks>
public static class LocalTimes
{
    private static readonly ZoneLocalMappingResolver FirstOfTwoOrAfterTheSkip =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The instant of a wall-clock time.</summary>
    public static Instant Resolve(LocalDateTime local, DateTimeZone zone) => zone.ResolveLocal(local, FirstOfTwoOrAfterTheSkip).ToInstant();

    /// <summary>The start of a local day, also of one that a zone skipped altogether (Apia, 30 December 2011).</summary>
    public static Instant StartOfDay(LocalDate date, DateTimeZone zone) => Resolve(date.AtMidnight(), zone);

    /// <summary>The stretch from one time of a day to another, which is on the next day if it is not after the first.</summary>
    /// <returns>Start inclusive, end exclusive; both the same where a clock change skips the whole stretch.</returns>
    public static (Instant Start, Instant End) Stretch(LocalDate date, LocalTime from, LocalTime to, DateTimeZone zone) =>
        (Resolve(date.At(from), zone), Resolve((to > from ? date : date.PlusDays(1)).At(to), zone));

    /// <summary>Resolves many times that lie near each other, by the same rule: far from clock changes without another look at the zone. For one thread.</summary>
    internal sealed class Near(DateTimeZone zone)
    {
        /// <summary>More than any clock change: Apia skipped a whole day.</summary>
        private const int DaysFromAChange = 2;

        private Offset _offset;
        private LocalDateTime _from;
        private LocalDateTime _to;

        /// <inheritdoc cref="LocalTimes.Resolve"/>
        public Instant Resolve(LocalDateTime local)
        {
            if (local >= _from && local < _to)
            {
                return local.WithOffset(_offset).ToInstant();
            }

            var instant = LocalTimes.Resolve(local, zone);
            LookAround(zone.GetZoneInterval(instant));
            return instant;
        }

        /// <inheritdoc cref="LocalTimes.StartOfDay"/>
        public Instant StartOfDay(LocalDate date) => Resolve(date.AtMidnight());

        /// <inheritdoc cref="LocalTimes.Stretch"/>
        public (Instant Start, Instant End) Stretch(LocalDate date, LocalTime from, LocalTime to) =>
            (Resolve(date.At(from)), Resolve((to > from ? date : date.PlusDays(1)).At(to)));

        /// <summary>Where, on the wall clock, the offset is beyond doubt.</summary>
        private void LookAround(ZoneInterval interval)
        {
            _offset = interval.WallOffset;
            _from = interval.HasStart ? interval.IsoLocalStart.PlusDays(DaysFromAChange) : LocalDate.MinIsoValue.AtMidnight();
            _to = interval.HasEnd ? interval.IsoLocalEnd.PlusDays(-DaysFromAChange) : LocalDate.MaxIsoValue.AtMidnight();
        }
    }
}
