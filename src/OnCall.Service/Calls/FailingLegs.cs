using Microsoft.Extensions.Caching.Memory;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Calls;

namespace OnCall.Service.Calls;

/// <summary>Legs whose webhooks fail inside although the database is there, as this node sees it: it refuses what is to be written, or somebody has locked a table.</summary>
internal sealed class FailingLegs(TimeProvider time) : IDisposable
{
    private const int Most = 20_000;

    private readonly MemoryCache _since = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>A webhook of the leg has failed.</summary>
    /// <returns>Whether none has been answered for longer than <see cref="ChainEntry.Patience"/>: the leg is not to ask the same again and again.</returns>
    public bool Failed(string callSid)
    {
        var now = time.GetCurrentInstant();
        if (_since.TryGetValue<Instant>(callSid, out var since))
        {
            return now - since >= ChainEntry.Patience;
        }

        _since.Set(callSid, now, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(2) });
        return false;
    }

    /// <summary>A webhook of the leg was answered.</summary>
    public void Answered(string callSid) => _since.Remove(callSid);

    public void Dispose() => _since.Dispose();
}
