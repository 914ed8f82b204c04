namespace OnCall.Testing;

/// <summary>The first matching webhook that comes: each of its tries reaches the nodes late, whether or not Twilio still waits for its answer.</summary>
public sealed class SlowRequest(Func<PassedRequest, bool> when, TimeSpan by, TimeProvider time)
{
    private string? _token;
    private int _hits;
    private int _holding;

    /// <summary>The tries that were slow.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Those that wait for the clock now, and for whose answer Twilio waits.</summary>
    public int Holding => Volatile.Read(ref _holding);

    internal async Task HoldAsync(PassedRequest request, CancellationToken sender)
    {
        if (!when(request) || (Interlocked.CompareExchange(ref _token, request.Token, null) ?? request.Token) != request.Token)
        {
            return;
        }

        Interlocked.Increment(ref _hits);
        Interlocked.Increment(ref _holding);
        var held = 1;
        void LetGo() => Interlocked.Add(ref _holding, -Interlocked.Exchange(ref held, 0));
        await using var gone = sender.Register(LetGo);
        await Task.Delay(by, time, CancellationToken.None);
        LetGo();
    }
}
