using System.Runtime.CompilerServices;
using Npgsql;
using Xunit;

namespace OnCall.Testing;

/// <summary>Waits on the machine's clock, for what is no matter of a world's: a word from another node, a lock, a disk, a line of a log.</summary>
public static class RealTime
{
    /// <summary>After so long it counts as never happening: a machine that is busy with tests is slow, but not as slow as that.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until something is so, and fails the test when it is not after a minute.</summary>
    /// <param name="what">What the failure tells; by itself the condition as it is written.</param>
    public static Task UntilAsync(Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "") => UntilAsync(() => Task.FromResult(isSo()), what);

    /// <inheritdoc cref="UntilAsync(Func{bool}, string)"/>
    public static async Task UntilAsync(Func<Task<bool>> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "")
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Transcript.Hold(TimeProvider.System.GetElapsedTime(since) < Patience, () => $"It has not happened within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(BetweenLooks, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The same, until a query says true. Each look is a transaction of its own: within one, <c>pg_stat_activity</c> stays as it was at the first look.</summary>
    public static async Task UntilAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await UntilAsync(async () => await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is true, sql);
    }

    /// <summary>The same, until somebody waits for a locked row; of this database alone, since other tests wait for locks on the same server.</summary>
    public static Task UntilARowIsWaitedForAsync(NpgsqlDataSource database) => UntilAsync(
        database,
        "SELECT count(*) > 0 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND locktype IN ('transactionid', 'tuple') AND datname = current_database()");
}
