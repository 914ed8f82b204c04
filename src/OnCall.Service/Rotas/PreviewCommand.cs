using System.CommandLine;
using NodaTime;
using OnCall.Core;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Duty;
using OnCall.Service.Tools;

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
        command.SetAction((words, stop) => RunAsync(words, settings, words.GetRequiredValue(files), words.GetValue(from), words.GetValue(to), stop));
        return command.Anywhere();
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, FileInfo[] files, string? from, string? to, CancellationToken stop)
    {
        var drafts = await ImportWish.ReadAsync(files, stop);
        using var target = ITarget.Of(words, settings);
        var before = await target.BookAsync(stop);
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var publication = Publication.Of(before, RotaCheck.Check(drafts, before.Content, prune: false), now);
        if (publication.Book is not { } book)
        {
            return await ImportCommand.WriteAsync(words, ImportOutcome.Of(publication), dryRun: true);
        }

        var zone = book.Zone ?? DateTimeZone.Utc;
        var start = from is null ? now : AskedTime.Parse("--from", from, zone);
        var end = to is null ? start + Asked.UsualWindow : AskedTime.Parse("--to", to, zone);
        AskedTime.CheckWindow(start, end);

        var changed = book.Content.Rotas.SelectMany(rota => DutyDifference.Between(before, book, rota.Id, start, end).Select(difference => (Rota: rota, Difference: difference))).ToList();
        string[][] rows = [.. changed.Select(change => Row(change.Rota, change.Difference))];
        await Output.WriteAsync(
            words,
            changed.Select(change => ChangedAnswer.Of(change.Rota, change.Difference)),
            rows.Select(row => $"{row[0]}: {row[1]} to {row[2]}: {row[3]} → {row[4]}").DefaultIfEmpty("Nobody's duty changes in that time."),
            rows.Length == 0 ? null : () => Output.Table(["Rota", "From", "To", "Now", "Then"], rows));
        return 0;
    }

    private static string[] Row(Rota rota, DutyDifference difference) =>
        [rota.Id, AskedTime.Tell(difference.Start, rota.Zone), AskedTime.Tell(difference.End, rota.Zone), People(difference.Before), People(difference.After)];

    private static string People(ValueList<string> ids) => ids.Count == 0 ? "nobody" : string.Join(", ", ids);
}
