using System.Collections.Concurrent;
using System.Collections.Frozen;
using NodaTime;

namespace OnCall.Service.Access;

/// <summary>The API keys in memory, so that no request waits for a query: swapped whole when they change.</summary>
internal sealed class KnownKeys
{
    private readonly ConcurrentDictionary<Guid, Instant> _uses = new();
    private FrozenDictionary<string, KnownKey> _keys = FrozenDictionary<string, KnownKey>.Empty;

    public void Take(IEnumerable<ApiKeyRow> rows) => Volatile.Write(ref _keys, rows.ToFrozenDictionary(
        row => Convert.ToHexString(row.SecretHash), row => new KnownKey(row.Id, row.Name, row.Role, row.Desks, row.ExpiresAt)));

    /// <summary>The key of a secret, which is used now; null = no key has it, or the key has expired.</summary>
    public KnownKey? Use(string secret, Instant now)
    {
        if (!Volatile.Read(ref _keys).TryGetValue(Convert.ToHexString(KeySecret.Digest(secret)), out var key) || key.ExpiresAt <= now)
        {
            return null;
        }

        _uses[key.Id] = now;
        return key;
    }

    /// <summary>The last use of each key that was used since this was asked for before.</summary>
    public IReadOnlyList<KeyValuePair<Guid, Instant>> TakeUses()
    {
        var uses = _uses.ToList();
        uses.ForEach(use => _uses.TryRemove(use));
        return uses;
    }

    /// <summary>Uses that were taken and could not be written down.</summary>
    public void GiveBack(IEnumerable<KeyValuePair<Guid, Instant>> uses)
    {
        foreach (var (key, at) in uses)
        {
            _uses.AddOrUpdate(key, at, (_, later) => Instant.Max(at, later));
        }
    }
}

/// <param name="Desks">To which a coordinator's changes are limited; null = they are not.</param>
/// <param name="ExpiresAt">From then on it is refused; null = never.</param>
internal sealed record KnownKey(Guid Id, string Name, string Role, IReadOnlyList<string>? Desks, Instant? ExpiresAt);
