using System.CommandLine;
using NodaTime.Extensions;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;
using OnCall.Service.Tools;
using OnCall.Service.Twilio;

namespace OnCall.Service.Calls;

/// <summary><c>oncall export-fallback [--to FILE or URL]</c>: writes the static document that rings today's duty phones in order, for Twilio's fallback address.</summary>
internal static class ExportFallbackCommand
{
    public static Command Create(string[] settings)
    {
        var to = new Option<string?>("--to") { Description = "A file, or an address that takes HTTP PUT. Default: prints it." };
        var command = new Command("export-fallback", "Writes the static TwiML that rings today's duty phones in order, for Twilio's fallback address.") { to };
        command.SetAction((words, stop) => RunAsync(words, settings, words.GetValue(to), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, string? to, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var book = await host.Services.GetRequiredService<BookStore>().LoadAsync(stop);
        var reader = new SettingsReader(host.Services.GetRequiredService<IConfiguration>());
        var allowed = AllowedDestinations.Read(reader);
        reader.ThrowIfWrong();
        var phones = FallbackPhones.At(book, allowed, host.Services.GetRequiredService<TimeProvider>().GetCurrentInstant());
        if (phones.Count == 0)
        {
            throw new OperatorException("Nobody is on duty in any desk's policy: a fallback that rings nobody is not written. Look at `oncall gaps`.");
        }

        await WriteAsync(words, FallbackTwiml.Document(phones, FallbackPhones.Languages(book)), to, stop);
        return 0;
    }

    private static async Task WriteAsync(ParseResult words, string document, string? to, CancellationToken stop)
    {
        if (to is null)
        {
            await words.Out().WriteLineAsync(document);
            return;
        }

        var target = FallbackTarget.Parse(to) ?? throw new OperatorException("--to takes a file, or an address like https://fallback.example.org/now.xml.");
        using var http = new HttpClient();
        if (await target.WriteAsync(document, http, stop) is { } problem)
        {
            throw new OperatorException($"--to: {problem}");
        }
    }
}
