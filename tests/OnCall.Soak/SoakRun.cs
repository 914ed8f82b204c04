using System.Diagnostics;
using System.Globalization;
using OnCall.Soak.Invariants;

namespace OnCall.Soak;

/// <summary>Many worlds, one seed after the other, on all processors, until one is not as it must be.</summary>
/// <param name="worlds">How many.</param>
/// <param name="weeks">How long each of them lasts.</param>
/// <param name="storms">How much more often than usual all goes wrong.</param>
internal sealed class SoakRun(int worlds, int first, int weeks, int storms)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly Figures _figures = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private BreachException? _breach;
    private TimeSpan _told;
    private int _done;

    /// <returns>The exit status: 0 = all of them were as they must be.</returns>
    public int Run(TextWriter output)
    {
        // Without a bound a busy machine gets ever more threads, and hundreds of worlds that are all half lived.
        var bound = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(first, first + worlds, bound, (seed, loop) =>
        {
            try
            {
                Count(World.Live(WorldPlan.Of(seed, weeks, storms)), output);
            }
            catch (BreachException e)
            {
                loop.Stop();
                lock (_lock)
                {
                    _breach = _breach is null || e.Plan.Seed < _breach.Plan.Seed ? e : _breach;
                }
            }
        });
        output.WriteLine(Summary());
        if (_breach is null)
        {
            return 0;
        }

        output.WriteLine(_breach.Message);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"To see it again: deploy/soak.sh 1 {_breach.Plan.Seed} {weeks} {storms}"));
        return 1;
    }

    private void Count(Figures figures, TextWriter output)
    {
        lock (_lock)
        {
            _figures.Add(figures);
            _done++;
            if (_watch.Elapsed - _told > TellEvery)
            {
                _told = _watch.Elapsed;
                output.WriteLine(Summary());
            }
        }
    }

    private string Summary()
    {
        var years = _done * weeks / 52.0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{years:N1} line-years, {_figures.Enquiries:N0} enquiries, {_figures.Events:N0} events, {_figures.Effects:N0} effects, {_figures.Checks:N0} checks of what must hold, story {_figures.Story:x16}, {_watch.Elapsed:hh\\:mm\\:ss}, {years / _watch.Elapsed.TotalMinutes:N1} line-years a minute");
    }
}
