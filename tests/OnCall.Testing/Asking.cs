using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace OnCall.Testing;

/// <summary>Counts the requests that the nodes have under way: with the time they wait between their tries, and those that are on the wire.</summary>
internal sealed class Asking
{
    private int _count;
    private int _onWire;

    public int Count => Volatile.Read(ref _count);

    public int OnWire => Volatile.Read(ref _onWire);

    /// <summary>Counts around what a client does by itself, and at its wire. Called when every client is registered.</summary>
    public void CountIn(IServiceCollection services) => services.ConfigureAll<HttpClientFactoryOptions>(client => client.HttpMessageHandlerBuilderActions.Add(builder =>
    {
        builder.AdditionalHandlers.Insert(0, new Counter(() => ref _count));
        builder.AdditionalHandlers.Add(new Counter(() => ref _onWire));
    }));

    private delegate ref int Counted();

    private sealed class Counter(Counted counted) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref counted());
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref counted());
            }
        }
    }
}
