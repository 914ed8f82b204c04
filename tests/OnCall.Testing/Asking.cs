namespace OnCall.Testing;

/// <summary>Counts the requests that the nodes have under way, with the time they wait between their tries.</summary>
internal sealed class Asking
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    internal sealed class Handler(Asking asking) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asking._count);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref asking._count);
            }
        }
    }
}
