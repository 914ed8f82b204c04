using System.Collections.Concurrent;

namespace OnCall.Service.Access;

/// <summary>The issuers whose keys could be fetched since the start; those of the others are refused without waiting for them.</summary>
internal sealed class KnownIssuers
{
    private readonly ConcurrentDictionary<string, bool> _schemes = new();

    public bool Has(string scheme) => _schemes.ContainsKey(scheme);

    public void Add(string scheme) => _schemes[scheme] = true;
}
