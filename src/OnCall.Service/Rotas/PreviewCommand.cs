using System.CommandLine;
using NodaTime;
using OnCall.Core;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Service.Audit;
using OnCall.Service.Duty;

namespace OnCall.Service.Rotas;

/// <summary><c>oncall preview FILE…</c>: who would be on duty otherwise if rota documents were imported; nothing is stored.</summary>
internal static class PreviewCommand
{
    public static Command Create(string[] settings)
    {
        var files = new Argument<FileInfo[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Rota documents: YAML, or JSON where the name ends in .json." };
        var from = new Option<string?>("--from") { Description = $"From when: {AskedTime.Takes}, or without the offset in the document's zone. Default: now." };
        var to = new Option<string?>("--to") { Description = "To when, exclusive; at most 400 days later. Default: 28 days after that." };
        var command = new Command("preview", "Who would be on duty otherwise if rota documents were imported; nothing is stored.") { files, from, to };
        command.SetAction((words, stop) => RunAsync(settings, words.GetRequiredValue(files), words.GetValue(from), words.GetValue(to), stop));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, FileInfo[] files, string? from, string? to, CancellationToken stop)
    {
        var drafts = await ImportCommand.ReadAsync(files, stop);
        using var host = Rooms.BuildTool(settings);
        var publication = await host.Services.GetRequiredService<BookStore>().PublishAsync(drafts, prune: false, dryRun: true, Origin.CommandLine, stop);
        if (publication.Book is not { } book)
        {
            await Console.Error.WriteAsync(new ImportReport(publication, dryRun: true).Text());
            return 1;
        }

        var zone = book.Zone ?? DateTimeZone.Utc;
        var start = from is null ? Instant.FromDateTimeOffset(host.Services.GetRequiredService<TimeProvider>().GetUtcNow()) : AskedTime.Parse("--from", from, zone);
        var end = to is null ? start + Asked.UsualWindow : AskedTime.Parse("--to", to, zone);
        AskedTime.CheckWindow(start, end);

        var sentences = book.Content.Rotas.SelectMany(rota => Sentences(publication.Before, book, rota, start, end)).DefaultIfEmpty("Nobody's duty changes in that time.");
        foreach (var sentence in sentences)
        {
            await Console.Out.WriteLineAsync(sentence);
        }

        return 0;
    }

    private static IEnumerable<string> Sentences(RotaBook before, RotaBook after, Rota rota, Instant from, Instant to) =>
        DutyDifference.Between(before, after, rota.Id, from, to).Select(difference =>
            $"{rota.Id}: {AskedTime.Tell(difference.Start, rota.Zone)} to {AskedTime.Tell(difference.End, rota.Zone)}: {People(difference.Before)} → {People(difference.After)}");

    private static string People(ValueList<string> ids) => ids.Count == 0 ? "nobody" : string.Join(", ", ids);
}
