namespace OnCall.Simulator.Telephony;

/// <summary>What holds a leg at the moment (TwiML, a bridge, a room), and what it goes on with when it is interrupted.</summary>
internal sealed class LegRun
{
    private Func<CancellationToken, Task>? pending;
    private Action? interrupt;

    /// <summary>Interrupts whatever runs; the leg goes on with something else, at once.</summary>
    public void GoTo(Func<CancellationToken, Task> next)
    {
        pending = next;
        Interrupt();
    }

    public void Interrupt() => interrupt?.Invoke();

    /// <summary>Runs one thing after another until there is nothing left to go on with.</summary>
    public async Task LiveAsync(Func<CancellationToken, Task> first, Func<bool> isOver)
    {
        for (var run = pending ?? first; run is not null && !isOver(); run = pending)
        {
            pending = null;
            using var running = new CancellationTokenSource();
            interrupt = running.Cancel;
            try
            {
                await run(running.Token);
            }
            catch (OperationCanceledException) when (running.IsCancellationRequested)
            {
                // Redirected or ended: the loop's head tells which.
            }
            finally
            {
                interrupt = null;
            }
        }
    }
}
