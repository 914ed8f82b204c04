using Microsoft.Extensions.Caching.Memory;
using OnCall.Core.Escalation;

namespace OnCall.Service.Chain;

/// <summary>What this node saw last of calls that are under way: what is known of them when the database is away. It may be a moment old, or missing where another node saw it.</summary>
internal sealed class RecentCalls : IDisposable
{
    private const int Most = 20_000;

    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = Most });

    public void Saw(Enquiry enquiry) => Keep(enquiry.Id, enquiry);

    public Enquiry? Find(Guid id) => _seen.Get<Enquiry>(id);

    /// <summary>An adviser pressed 2 at a dial of the chain; the officer's leg is told no more than that nobody was connected.</summary>
    /// <param name="page">The id of the page by which the record knows it.</param>
    public void Passed(string page) => Keep(page, page);

    public bool HasPassed(string page) => _seen.Get<string>(page) is not null;

    public void Dispose() => _seen.Dispose();

    private void Keep(object key, object what) => _seen.Set(key, what, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(30) });
}
