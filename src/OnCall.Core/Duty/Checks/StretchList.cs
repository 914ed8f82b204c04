using NodaTime;

namespace OnCall.Core.Duty.Checks;

/// <summary>Stretches by what they are about, noted in order of time; those of one thing that adjoin are one.</summary>
internal sealed class StretchList<T>
    where T : notnull
{
    private readonly Dictionary<T, List<Stretch>> _of = [];

    public IEnumerable<T> Keys => _of.Keys;

    public IReadOnlyList<Stretch> Of(T key) => _of.TryGetValue(key, out var stretches) ? stretches : [];

    public void Add(T key, Instant start, Instant end)
    {
        if (!_of.TryGetValue(key, out var stretches))
        {
            _of.Add(key, stretches = []);
        }

        if (stretches is [.., var last] && last.End >= start)
        {
            stretches[^1] = last with { End = Instant.Max(last.End, end) };
        }
        else
        {
            stretches.Add(new Stretch(start, end));
        }
    }
}
