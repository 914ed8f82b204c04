using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using OnCall.Service.Ops;

namespace OnCall.Service.Demo;

/// <summary><c>oncall demo</c>: everything on one machine, without an account anywhere, until Ctrl-C.</summary>
internal static class DemoCommand
{
    public static Command Create(string[] settings)
    {
        var port = new Option<int>("--port") { Description = "Where the service listens; the phones' page is on the next port.", DefaultValueFactory = _ => 5080 };
        var calls = new Option<double>("--calls-per-second") { Description = "What the account may place, as at Twilio.", DefaultValueFactory = _ => 1 };
        var command = new Command("demo", "Everything on one machine: a private PostgreSQL, a stand-in for Twilio with phones to try, the service, sample rotas.") { port, calls };
        command.SetAction((words, stop) => RunAsync(settings, words.GetValue(port), words.GetValue(calls), stop));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, int port, double callsPerSecond, CancellationToken stop)
    {
        IReadOnlyList<string> wrong =
        [
            .. port is >= 1 and <= 65534 ? Array.Empty<string>() : ["--port takes 1 to 65534: the phones' page is on the next one."],
            .. callsPerSecond is >= 0.1 and <= 10_000 ? Array.Empty<string>() : ["--calls-per-second takes 0.1 to 10000."],
        ];
        if (wrong.Count > 0)
        {
            throw new SettingsException(wrong);
        }

        await Console.Out.WriteLineAsync("Starting a private PostgreSQL, the phones and the service …");
        try
        {
            await using var demo = await DemoWorld.StartAsync(settings, port, callsPerSecond, stop);
            await Console.Out.WriteLineAsync(demo.Welcome);
            await demo.RunAsync(stop);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new OperatorException($"The port {port} or {port + 1} is in use; choose another with --port.");
        }

        await Console.Out.WriteLineAsync("The demo has ended; nothing of it is left.");
        return 0;
    }
}
