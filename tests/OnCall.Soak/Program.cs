using System.Globalization;
using OnCall.Soak;

int[] numbers = [.. args.Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)];
if (numbers.Length > 3 || numbers.Contains(0))
{
    await Console.Error.WriteLineAsync("YEARS [FIRST-SEED [WEEKS-OF-EACH-WORLD]]: how many line-years (10000), from which seed on (1), each world so long (52 weeks).");
    return 2;
}

var run = new SoakRun(numbers.ElementAtOrDefault(0) is > 0 and var years ? years : 10_000, numbers.ElementAtOrDefault(1) is > 0 and var seed ? seed : 1, numbers.ElementAtOrDefault(2) is > 0 and var weeks ? weeks : 52);
return run.Run(Console.Out);
