using System.Diagnostics;

namespace OnCall.Testing;

/// <summary>The program itself, in a process of its own, as an operator starts it.</summary>
public sealed class OnCallProcess : IDisposable
{
    private readonly Process _process;

    private OnCallProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts <c>oncall</c> with these words. No setting of the machine's environment reaches it.</summary>
    public static OnCallProcess Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "oncall.dll"), .. words])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("__", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        return new OnCallProcess(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] words, CancellationToken stop)
    {
        using var command = Start(words);
        var output = command._process.StandardOutput.ReadToEndAsync(stop);
        var errors = command._process.StandardError.ReadToEndAsync(stop);
        return (await command.WaitForExitAsync(stop), await output, await errors);
    }

    /// <summary>Reads lines until one says that the service is there.</summary>
    public async Task WaitUntilServingAsync(CancellationToken stop)
    {
        while (await _process.StandardOutput.ReadLineAsync(stop) is { } line)
        {
            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException($"The service ended: {await _process.StandardError.ReadToEndAsync(stop)}");
    }

    /// <summary>What an orchestrator sends first.</summary>
    public Task TerminateAsync(CancellationToken stop)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        return kill.WaitForExitAsync(stop);
    }

    /// <summary>kill -9: no chance to say goodbye.</summary>
    public void Kill() => _process.Kill();

    public async Task<int> WaitForExitAsync(CancellationToken stop)
    {
        await _process.WaitForExitAsync(stop);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
