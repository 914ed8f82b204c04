using System.Diagnostics;
using OnCall.Service.Tools;

namespace OnCall.Testing;

/// <summary>The program itself, in a process of its own, as an operator starts it.</summary>
public sealed class OnCallProcess : IDisposable
{
    private readonly Process _process;
    private Task _reading = Task.CompletedTask;
    private string _last = "";

    private OnCallProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>What it wrote until it was serving, and all that follows where <see cref="KeepLog"/> was said.</summary>
    public WrittenLog Log { get; } = new();

    /// <summary>Starts <c>oncall</c> with these words. No setting of the machine's environment reaches it.</summary>
    public static OnCallProcess Start(params string[] words) => StartProgram("oncall.dll", words);

    /// <summary>Starts a program that lies beside this one, likewise.</summary>
    /// <param name="key">The key in its environment, for a service elsewhere.</param>
    public static OnCallProcess StartProgram(string program, string[] words, string? key = null) =>
        StartIn("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. words], key);

    private static OnCallProcess StartIn(string file, string[] words, string? key = null)
    {
        var start = new ProcessStartInfo(file, words)
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

        start.Environment[ToolOptions.KeyVariable] = key;
        return new OnCallProcess(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end.</summary>
    /// <inheritdoc cref="StartProgram" path="/param"/>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] words, CancellationToken stop, string? key = null)
    {
        using var command = StartProgram("oncall.dll", words, key);
        return await command.OutcomeAsync(stop);
    }

    /// <summary>Runs a command on a terminal of 160 columns, as somebody sees it; what it writes to either output is in one, as there. The words go through a shell.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunOnTerminalAsync(string words, CancellationToken stop)
    {
        using var command = StartIn("script", ["-qec", $"stty cols 160 && dotnet '{Path.Combine(AppContext.BaseDirectory, "oncall.dll")}' {words}", "/dev/null"]);
        return await command.OutcomeAsync(stop);
    }

    private async Task<(int ExitCode, string Output, string Errors)> OutcomeAsync(CancellationToken stop)
    {
        var output = _process.StandardOutput.ReadToEndAsync(stop);
        var errors = _process.StandardError.ReadToEndAsync(stop);
        return (await WaitForExitAsync(stop), await output, await errors);
    }

    /// <summary>Reads the log until the service is there, and gives its address. Takes the level Information of <c>Microsoft.Hosting.Lifetime</c>.</summary>
    public async Task<Uri> WaitUntilServingAsync(CancellationToken stop)
    {
        Uri? address = null;
        while (await _process.StandardOutput.ReadLineAsync(stop) is { } line)
        {
            Log.Add(line);
            if (line.Contains("\"address\":\"", StringComparison.Ordinal))
            {
                address = new Uri(line.Split("\"address\":\"")[1].Split('"')[0]);
            }
            else if (line.Contains("Application started", StringComparison.Ordinal))
            {
                return address!;
            }
        }

        throw new InvalidOperationException($"The service ended: {await _process.StandardError.ReadToEndAsync(stop)}");
    }

    /// <summary>What is left of its output, once it has ended.</summary>
    public Task<string> ReadToEndAsync(CancellationToken stop) => _process.StandardOutput.ReadToEndAsync(stop);

    /// <summary>From now on what it writes goes into <see cref="Log"/>.</summary>
    public void KeepLog() => _reading = Task.WhenAll(KeepAsync(_process.StandardOutput), KeepAsync(_process.StandardError));

    /// <summary>Kills it where it runs still, and reads its log to the end.</summary>
    public async Task EndAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _reading;
    }

    private async Task KeepAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            Log.Add(line);
            _last = line;
        }
    }

    /// <summary>Reads what is left of its output, and drops it: a full pipe would stop it.</summary>
    public Task DropOutputAsync() => Task.WhenAll(
        _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null), _process.StandardError.BaseStream.CopyToAsync(Stream.Null));

    /// <summary>What an orchestrator sends first.</summary>
    public async Task TerminateAsync(CancellationToken stop)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await kill.WaitForExitAsync(stop);
    }

    /// <summary>kill -9: no chance to say goodbye.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Fails if it has ended by itself, with what it said last.</summary>
    public async Task ShouldRunAsync(CancellationToken stop)
    {
        if (_process.HasExited)
        {
            await _reading;
            throw new InvalidOperationException($"The service ended with {_process.ExitCode}: {_last} {await ReadToEndAsync(stop)} {await _process.StandardError.ReadToEndAsync(stop)}");
        }
    }

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
