using System.Globalization;

namespace OnCall.Benchmarks;

/// <summary>One figure over all rounds: the middle one counts, the others show how steady it is.</summary>
internal sealed class Rounds(IEnumerable<double> values)
{
    public const int Count = 3;

    private readonly double[] _sorted = [.. values.Order()];

    public double Middle => _sorted[_sorted.Length / 2];

    /// <summary><c>12.3 (11.9–14.0)</c>.</summary>
    public override string ToString() => $"{Short(Middle)} ({Short(_sorted[0])}–{Short(_sorted[^1])})";

    public static string Short(double value) => value.ToString(Math.Abs(value) >= 100 ? "0" : "0.0", CultureInfo.InvariantCulture);

    public static Rounds Of<T>(IEnumerable<T> rounds, Func<T, double> figure) => new(rounds.Select(figure));
}
