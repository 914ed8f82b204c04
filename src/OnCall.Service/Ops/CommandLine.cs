using System.CommandLine;

namespace OnCall.Service.Ops;

/// <summary>Reads what stands behind <c>oncall</c>: a command with its options, and settings among them in any place.</summary>
internal static class CommandLine
{
    private static readonly HashSet<string> HostSettings =
        new(["urls", "environment", "contentRoot", "applicationName"], StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Parts the settings (<c>--Section:Key value</c>, <c>--urls=…</c>) from the command's own words, so that a mistyped option
    /// is an error and not a setting that nobody reads.
    /// </summary>
    public static (string[] Words, string[] Settings) Split(string[] args)
    {
        List<string> words = [];
        List<string> settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            if (!IsSetting(args[i]))
            {
                words.Add(args[i]);
                continue;
            }

            settings.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length)
            {
                settings.Add(args[++i]);
            }
        }

        return ([.. words], [.. settings]);
    }

    /// <summary>Runs a command. What goes wrong for a known reason is told in one line for each problem, with exit status 1.</summary>
    /// <param name="output">Where answers go; null = the console.</param>
    /// <param name="errors">Where goes what is no answer; null = the console.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? errors = null, CancellationToken stop = default)
    {
        // The host handles SIGTERM itself: a parser that ends the process after two seconds would cut calls off.
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = output ?? Console.Out,
            Error = errors ?? Console.Error,
        };
        var (words, settings) = Split(args);
        try
        {
            return await Rooms.BuildCommands(settings).Parse(words).InvokeAsync(invocation, stop);
        }
        catch (Exception e) when (StartFailure.Explain(e) is { } lines)
        {
            foreach (var line in lines)
            {
                await invocation.Error.WriteLineAsync($"oncall: {line}");
            }

            return 1;
        }
    }

    private static bool IsSetting(string word)
    {
        if (!word.StartsWith("--", StringComparison.Ordinal))
        {
            return false;
        }

        var name = word.AsSpan(2);
        var end = name.IndexOf('=');
        name = end < 0 ? name : name[..end];
        return name.Contains(':') || HostSettings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }
}
