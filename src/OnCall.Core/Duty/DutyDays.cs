using System.Collections.Concurrent;
using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>Who is on duty, looked up: some days of a rota's timeline are worked out when one of their instants is first asked for, and kept as long as the book.</summary>
internal sealed class DutyDays(RotaBook book, RotaTimes times)
{
    /// <summary>A part is 2^20 seconds, about twelve days; parts are counted from 1970, before it with negative numbers.</summary>
    private const int PartShift = 20;

    /// <summary>A rota that changes more often is worked out anew beyond what was kept.</summary>
    private const int MostStretches = 512;

    /// <summary>Seventeen years; whoever asks about more gets the rest worked out anew.</summary>
    private const int MostParts = 512;

    private readonly ConcurrentDictionary<long, Part> _parts = new();

    public IReadOnlyList<(Adviser Adviser, DutySource Source)> Who(Instant at)
    {
        var number = at.ToUnixTimeSeconds() >> PartShift;
        if (!_parts.TryGetValue(number, out var part))
        {
            part = WorkOut(number);
            if (_parts.Count < MostParts)
            {
                _parts.TryAdd(number, part);
            }
        }

        return at < part.End ? part.At(at) : On(times.Begin().From(at));
    }

    private Part WorkOut(long number)
    {
        var start = Instant.FromUnixTimeSeconds(number << PartShift);
        var end = Instant.FromUnixTimeSeconds((number + 1) << PartShift);
        var (starts, duty) = (new List<Instant>(), new List<IReadOnlyList<(Adviser Adviser, DutySource Source)>>());
        var sweep = times.Begin();
        while (start < end && starts.Count < MostStretches)
        {
            var stretch = sweep.From(start);
            starts.Add(start);
            duty.Add(On(stretch));
            start = stretch.End;
        }

        return new Part([.. starts], [.. duty], Instant.Min(start, end));
    }

    private (Adviser Adviser, DutySource Source)[] On(DutyStretch stretch) =>
        Array.ConvertAll(stretch.Places, place => (book.Advisers[place.Adviser], place.Reason.Source));

    /// <param name="Starts">Of the stretches, in order of time.</param>
    /// <param name="Duty">Who is on duty in each.</param>
    /// <param name="End">How far it goes, exclusive.</param>
    private sealed record Part(Instant[] Starts, IReadOnlyList<(Adviser Adviser, DutySource Source)>[] Duty, Instant End)
    {
        public IReadOnlyList<(Adviser Adviser, DutySource Source)> At(Instant at)
        {
            var found = Array.BinarySearch(Starts, at);
            return Duty[found >= 0 ? found : ~found - 1];
        }
    }
}
