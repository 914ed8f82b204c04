using System.Globalization;
using OnCall.Soak;

int[] numbers = [.. args.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];
if (numbers.Length > 4 || numbers.Contains(0))
{
    await Console.Error.WriteLineAsync("YEARS [FIRST-SEED [WEEKS-OF-EACH-WORLD [STORMS]]]: how many worlds (10000), from which seed on (1), each so long (52 weeks), with so many times the usual failures (1).");
    return 2;
}

int[] usual = [10_000, 1, 52, 1];
int[] chosen = [.. numbers, .. usual.Skip(numbers.Length)];
return new SoakRun(chosen[0], chosen[1], chosen[2], chosen[3]).Run(Console.Out);
