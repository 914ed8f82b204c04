using System.CommandLine;
using System.Text;
using NodaTime.Extensions;
using OnCall.Core.Duty;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Calls;

/// <summary><c>oncall export-fallback [--to FILE or URL]</c>: writes the static document that rings today's duty phones in order, for Twilio's fallback address.</summary>
internal static class ExportFallbackCommand
{
    /// <summary>The phones of the first line's default desk come first; so many are rung before the message: an officer holds no longer.</summary>
    private const int MostPhones = 8;

    public static Command Create(string[] settings)
    {
        var to = new Option<string?>("--to") { Description = "A file, or an address that takes HTTP PUT. Default: prints it." };
        var command = new Command("export-fallback", "Writes the static TwiML that rings today's duty phones in order, for Twilio's fallback address.") { to };
        command.SetAction((words, stop) => RunAsync(settings, words.GetValue(to), stop));
        return command;
    }

    /// <summary>Who would be rung at an instant and may be called, the desks and their steps in the order of the document.</summary>
    internal static IReadOnlyList<PhoneNumber> Phones(RotaBook book, AllowedDestinations allowed, NodaTime.Instant at)
    {
        var desks = book.Content.Lines.Select(line => line.Default).Concat(book.Content.Desks.Select(desk => desk.Id)).Distinct();
        return [.. desks.SelectMany(desk => book.Policies[book.Desks[desk].Policy].Steps).SelectMany(step => step.Notify)
            .SelectMany(target => OnDuty(book, target, at)).Select(adviser => adviser.Phone).Where(phone => allowed.Allows(phone.Value)).Distinct().Take(MostPhones)];
    }

    private static IEnumerable<Adviser> OnDuty(RotaBook book, NotifyTarget target, NodaTime.Instant at) => target switch
    {
        NotifyTarget.Rota rota => DutyTimeline.Who(book, book.Rotas[rota.Id], at).Select(on => on.Adviser),
        NotifyTarget.Adviser adviser when !DutyTimeline.IsAway(book, adviser.Id, at) => [book.Advisers[adviser.Id]],
        _ => [],
    };

    private static async Task<int> RunAsync(string[] settings, string? to, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var book = await host.Services.GetRequiredService<BookStore>().LoadAsync(stop);
        var reader = new SettingsReader(host.Services.GetRequiredService<IConfiguration>());
        var allowed = AllowedDestinations.Read(reader);
        reader.ThrowIfWrong();
        var phones = Phones(book, allowed, host.Services.GetRequiredService<TimeProvider>().GetCurrentInstant());
        if (phones.Count == 0)
        {
            throw new OperatorException("Nobody is on duty in any desk's policy: a fallback that rings nobody is not written. Look at `oncall gaps`.");
        }

        await WriteAsync(FallbackTwiml.Document(phones), to, stop);
        return 0;
    }

    private static async Task WriteAsync(string document, string? to, CancellationToken stop)
    {
        if (to is null)
        {
            await Console.Out.WriteLineAsync(document);
        }
        else if (to.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || to.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            await PutAsync(document, to, stop);
        }
        else
        {
            try
            {
                // Whole or not at all: Twilio may fetch it at any moment.
                var beside = to + ".new";
                await File.WriteAllTextAsync(beside, document, stop);
                File.Move(beside, to, overwrite: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new OperatorException($"--to: the file cannot be written: {e.Message}");
            }
        }
    }

    private static async Task PutAsync(string document, string to, CancellationToken stop)
    {
        if (!Uri.TryCreate(to, UriKind.Absolute, out var address))
        {
            throw new OperatorException("--to takes a file, or an address like https://fallback.example.org/now.xml.");
        }

        using var http = new HttpClient();
        using var content = new StringContent(document, Encoding.UTF8, "text/xml");
        try
        {
            using var response = await http.PutAsync(address, content, stop);
            if (!response.IsSuccessStatusCode)
            {
                throw new OperatorException($"--to: the address answered {(int)response.StatusCode}; it must take HTTP PUT.");
            }
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new OperatorException($"--to: the address cannot be reached: {e.Message}");
        }
    }
}
