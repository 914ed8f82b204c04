using Npgsql;

namespace OnCall.Service.Data;

/// <summary>A connection of its own that listens to PostgreSQL; where it is lost, it is made again.</summary>
internal static class Listening
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Listens until the service stops.</summary>
    /// <param name="start">What makes the connection listen, in SQL.</param>
    /// <param name="whileConnected">Works and waits on the connection; it ends by an exception alone.</param>
    /// <param name="lost">Told why, before it is tried again.</param>
    /// <param name="time">By it a second passes before the next try.</param>
    public static async Task RunAsync(
        NpgsqlDataSource source, string start, Func<NpgsqlConnection, Task> whileConnected, Action<Exception> lost, TimeProvider time, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(source, start, whileConnected, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                lost(e);
                await Task.Delay(RetryAfter, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task ListenAsync(NpgsqlDataSource source, string start, Func<NpgsqlConnection, Task> whileConnected, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        try
        {
            await using var command = new NpgsqlCommand(start, connection);
            await command.ExecuteNonQueryAsync(stop);
            await whileConnected(connection);
        }
        finally
        {
            // A connection that locks or listens must not go back to the others as it is.
            NpgsqlConnection.ClearPool(connection);
        }
    }
}
