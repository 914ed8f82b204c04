using System.Collections.Concurrent;
using System.Collections.Frozen;
using NodaTime;

namespace OnCall.Service.Access;

/// <summary>The API keys in memory, so that no request waits for a query: swapped whole when they change.</summary>
internal sealed class KnownKeys
{
    /// <summary>By the digest of the secret, in hexadecimal digits, like the keys themselves.</summary>
    private readonly ConcurrentDictionary<string, Instant> _uses = new();
    private FrozenDictionary<string, KnownKey> _keys = FrozenDictionary<string, KnownKey>.Empty;

    public void Take(IEnumerable<ApiKeyRow> rows) => Volatile.Write(ref _keys, rows.SelectMany(SecretsOf).ToFrozenDictionary(pair => pair.Key, pair => pair.Value));

    /// <summary>The key of a secret, which is used now; null = no key has it, or the key has expired.</summary>
    public KnownKey? Use(string secret, Instant now)
    {
        var digest = Convert.ToHexString(KeySecret.Digest(secret));
        if (!Volatile.Read(ref _keys).TryGetValue(digest, out var key) || key.ExpiresAt <= now)
        {
            return null;
        }

        _uses[digest] = now;
        return key;
    }

    /// <summary>The last use of each secret that was used since this was asked for before.</summary>
    public IReadOnlyList<KeyValuePair<string, Instant>> TakeUses()
    {
        var uses = _uses.ToList();
        uses.ForEach(use => _uses.TryRemove(use));
        return uses;
    }

    /// <summary>Uses that were taken and could not be written down.</summary>
    public void GiveBack(IEnumerable<KeyValuePair<string, Instant>> uses)
    {
        foreach (var (digest, at) in uses)
        {
            _uses.AddOrUpdate(digest, at, (_, later) => Instant.Max(at, later));
        }
    }

    /// <summary>For the time after a renewal a key has two secrets.</summary>
    private static IEnumerable<KeyValuePair<string, KnownKey>> SecretsOf(ApiKeyRow row)
    {
        var key = new KnownKey(row.Name, row.Role, row.Desks, row.ExpiresAt);
        yield return new(Convert.ToHexString(row.SecretHash), key);
        if (row.PreviousHash is { } previous)
        {
            yield return new(Convert.ToHexString(previous), key with { ExpiresAt = row.PreviousUntil });
        }
    }
}

/// <param name="Desks">To which a coordinator's changes are limited; null = they are not.</param>
/// <param name="ExpiresAt">From then on the secret is refused; null = never.</param>
internal sealed record KnownKey(string Name, string Role, IReadOnlyList<string>? Desks, Instant? ExpiresAt);
