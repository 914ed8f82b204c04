using Microsoft.Extensions.Caching.Memory;

namespace OnCall.Service.Chain;

/// <summary>The chain's dials at which an adviser pressed 2, as this node heard it: the officer's leg is told no more than that nobody was connected.</summary>
internal sealed class PassedDials : IDisposable
{
    private static readonly MemoryCacheEntryOptions UntilTheLegAsks = new() { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(5) };

    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    /// <param name="page">The id of the page by which the record knows the dial.</param>
    public void Add(string page) => _pages.Set(page, true, UntilTheLegAsks);

    public bool Contains(string page) => _pages.TryGetValue(page, out _);

    public void Dispose() => _pages.Dispose();
}
