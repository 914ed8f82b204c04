using OnCall.Service.Escalation;

namespace OnCall.Service.Data;

/// <summary>Keeps what is in memory at what is stored. Waiting for a server is not a matter of the duty's clock.</summary>
internal static class Watching
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Looks at first, after each word, and now and then in case one was lost; until the service stops.</summary>
    /// <param name="lost">Told why a look failed; it is tried again after a second, and less often while the database is known to be away.</param>
    public static async Task RunAsync(Func<CancellationToken, Task> look, Signal changed, TimeSpan lookEvery, DatabaseLink link, Action<Exception> lost, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await look(stop);
                await changed.WaitAsync(lookEvery, TimeProvider.System, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                lost(e);
                var since = TimeProvider.System.GetTimestamp();
                do
                {
                    await Task.Delay(RetryAfter, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
                while (link.IsAway && TimeProvider.System.GetElapsedTime(since) < lookEvery && !stop.IsCancellationRequested);
            }
            catch (Exception)
            {
                // It stops, whatever failed meanwhile.
                return;
            }
        }
    }
}
