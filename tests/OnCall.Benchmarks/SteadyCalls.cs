namespace OnCall.Benchmarks;

/// <summary>Full call flows that begin at fixed times, so many that the service gets a steady rate of webhooks beside what is measured.</summary>
/// <param name="rate">Webhooks a second; ten are a call.</param>
internal sealed class SteadyCalls(SignedSender to, StandIn twilio, int rate)
{
    private const int AtOnce = 50;

    private int _calls;

    /// <summary>Calls that begin until <paramref name="ends"/>, and how long each of their webhooks took.</summary>
    public async Task<Latencies> RunUntilAsync(Task ends)
    {
        var latencies = new Latencies();
        var gap = TimeSpan.FromSeconds(AtOnce / (double)rate);
        var between = gap * CallFlow.Webhooks / AtOnce;
        var start = Clock.Now;
        var calls = new List<Task>();
        for (var call = 0; !ends.IsCompleted; call++)
        {
            var begins = Clock.After(start, between * call);
            await Clock.UntilAsync(begins);
            calls.Add(new CallFlow(to, "", twilio, Interlocked.Increment(ref _calls), new Pace.Schedule(begins, gap), latencies).RunAsync());
        }

        await Task.WhenAll(calls);
        await ends;
        return latencies;
    }
}
