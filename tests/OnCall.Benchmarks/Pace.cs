namespace OnCall.Benchmarks;

/// <summary>When the next request is to leave. Timestamps are those of <see cref="TimeProvider.GetTimestamp"/>.</summary>
internal abstract class Pace
{
    /// <summary>Waits for the next turn.</summary>
    /// <param name="notBefore">What it follows upon came only then: nobody presses a key before the document that asks for it, and no phone rings before its call.</param>
    /// <returns>When it was to leave: its latency counts from here, however late it leaves.</returns>
    public abstract ValueTask<long> NextAsync(long notBefore);

    /// <summary>As soon as the one before is answered: for what a system can carry.</summary>
    public sealed class AtOnce : Pace
    {
        public override ValueTask<long> NextAsync(long notBefore) => ValueTask.FromResult(TimeProvider.System.GetTimestamp());
    }

    /// <summary>
    /// At times that are fixed in advance, or as soon as that can be. With calls that begin whatever becomes of the others this is the partly open model: sessions
    /// arrive by themselves, and within one each step follows upon the answer before (Schroeder, Wierman, Harchol-Balter: Open versus closed, NSDI 2006).
    /// </summary>
    public sealed class Schedule(long start, TimeSpan gap) : Pace
    {
        private int _turn;

        public override async ValueTask<long> NextAsync(long notBefore)
        {
            var intended = Math.Max(notBefore, Clock.After(start, gap * _turn++));
            await Clock.UntilAsync(intended);
            return intended;
        }
    }
}

/// <summary>Timestamps and waiting.</summary>
internal static class Clock
{
    public static long Now => TimeProvider.System.GetTimestamp();

    public static long After(long timestamp, TimeSpan time) => timestamp + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);

    public static TimeSpan Since(long timestamp) => TimeProvider.System.GetElapsedTime(timestamp);

    public static Task UntilAsync(long timestamp)
    {
        var wait = TimeProvider.System.GetElapsedTime(Now, timestamp);
        return wait > TimeSpan.Zero ? Task.Delay(wait, TimeProvider.System) : Task.CompletedTask;
    }
}
