namespace OnCall.Testing;

/// <summary>The first matching webhook that comes: each of its tries reaches the nodes late, whether or not Twilio still waits for its answer.</summary>
public sealed class SlowRequest(Func<PassedRequest, bool> when, TimeSpan by, TimeProvider time)
{
    /// <summary>https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides, <c>rt</c>.</summary>
    private static readonly TimeSpan TwilioWaits = TimeSpan.FromSeconds(15);

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

        // In the same instant in which Twilio gives it up, and asks elsewhere: the word that its connection is closed comes a moment after that.
        await using var givenUp = time.CreateTimer(_ => LetGo(), null, TwilioWaits, Timeout.InfiniteTimeSpan);
        await Task.Delay(by, time, CancellationToken.None);
        LetGo();
    }
}
