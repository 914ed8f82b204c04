using OnCall.Service.Ops;

namespace OnCall.Testing;

/// <summary>A command of the program, in this process: it works on its database and serves nobody, and a process of its own would take a second to start (<see cref="OnCallProcess"/>).</summary>
public static class OnCallCommand
{
    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] words, CancellationToken stop)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (await CommandLine.RunAsync(words, output, errors, stop), output.ToString(), errors.ToString());
    }
}
