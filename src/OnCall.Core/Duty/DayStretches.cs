using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Stretches of at most a day that begin on local days, gone through in order of time, each day worked out once.</summary>
/// <remarks>
/// Every stretch of a later day begins at or after that day's start, so what is worked out is known up to the start of the next day. At the
/// beginning that takes the days about the instant: one that began yesterday may still hold; a clock that goes back over midnight makes an instant belong to the
/// day before that of a stretch which holds already, hence tomorrow; the day before yesterday is there for skips of a whole day.
/// </remarks>
/// <param name="workOut">Adds what begins on a day.</param>
internal sealed class DayStretches<T>(DateTimeZone zone, LocalTimes.Near wall, Action<LocalDate, DayStretches<T>.Known> workOut)
{
    private const int DaysBack = 2;
    private const int DaysAtATime = 4;

    /// <summary>Enough to see what comes next over a weekend.</summary>
    private static readonly Duration LookAhead = Duration.FromDays(3);

    private readonly Known _known = new();
    private LocalDate _next;
    private Instant _knownUntil = Instant.MinValue;
    private Instant _enoughUntil = Instant.MinValue;

    /// <param name="at">Never before the one of the last time.</param>
    /// <param name="holding">Takes, instead of what it has, what holds then, by start.</param>
    /// <param name="steady">Lowered to the next start or end.</param>
    public void MoveTo(Instant at, List<T> holding, ref Steady steady)
    {
        if (at >= _enoughUntil)
        {
            WorkOutUpTo(at);
        }

        holding.Clear();
        _known.At(at, holding, ref steady);
        steady.Until(_knownUntil);
    }

    private void WorkOutUpTo(Instant at)
    {
        if (at - _knownUntil >= LookAhead)
        {
            _known.Clear();
            _next = at.InZone(zone).Date.PlusDays(-DaysBack);
            _knownUntil = at;
        }

        while (_knownUntil <= at + LookAhead)
        {
            for (var day = 0; day < DaysAtATime; day++)
            {
                workOut(_next, _known);
                _next = _next.PlusDays(1);
            }

            _knownUntil = wall.StartOfDay(_next);
        }

        _enoughUntil = _knownUntil - LookAhead;
    }

    /// <summary>What is worked out and not yet over.</summary>
    internal sealed class Known
    {
        private const int ManyOver = 16;

        /// <summary>Sorted by start.</summary>
        private readonly List<(Instant Start, Instant End, T Item)> _all = [];
        private int _over;

        public void Add((Instant Start, Instant End) stretch, T item)
        {
            if (stretch.Start >= stretch.End)
            {
                return;
            }

            var place = _all.Count;
            while (place > 0 && _all[place - 1].Start > stretch.Start)
            {
                place--;
            }

            if (place == _all.Count)
            {
                _all.Add((stretch.Start, stretch.End, item));
            }
            else
            {
                _all.Insert(place, (stretch.Start, stretch.End, item));
            }
        }

        public void Clear()
        {
            _all.Clear();
            _over = 0;
        }

        public void At(Instant at, List<T> holding, ref Steady steady)
        {
            Forget(at);
            for (var i = _over; i < _all.Count; i++)
            {
                var (start, end, item) = _all[i];
                if (start > at)
                {
                    steady.Until(start);
                    return;
                }

                if (end > at)
                {
                    holding.Add(item);
                    steady.Until(end);
                }
            }
        }

        private void Forget(Instant at)
        {
            while (_over < _all.Count && _all[_over].End <= at)
            {
                _over++;
            }

            if (_over > ManyOver)
            {
                _all.RemoveRange(0, _over);
                _over = 0;
            }
        }
    }
}
