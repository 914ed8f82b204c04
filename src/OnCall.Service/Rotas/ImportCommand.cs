using System.CommandLine;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Audit;
using OnCall.Service.Ops;

namespace OnCall.Service.Rotas;

/// <summary><c>oncall import FILE… [--dry-run] [--prune] [--yes]</c>: publishes rota documents, all of them or none.</summary>
internal static class ImportCommand
{
    public static Command Create(string[] settings)
    {
        var files = new Argument<FileInfo[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Rota documents: YAML, or JSON where the name ends in .json." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would change and changes nothing." };
        var prune = new Option<bool>("--prune") { Description = "Removes what the files do not have." };
        var yes = new Option<bool>("--yes") { Description = "Does not ask before something is removed." };
        var command = new Command("import", "Checks rota documents and publishes them: all or nothing.") { files, dryRun, prune, yes };
        command.SetAction((words, stop) =>
        {
            var wish = new Wish(words.GetValue(prune), words.GetValue(dryRun), words.GetValue(yes) || Console.IsInputRedirected);
            return RunAsync(settings, words.GetRequiredValue(files), wish, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, FileInfo[] files, Wish wish, CancellationToken stop)
    {
        var drafts = await ReadAsync(files, stop);
        using var host = Rooms.BuildTool(settings);
        var store = host.Services.GetRequiredService<BookStore>();
        if (!wish.DryRun && !wish.Yes && wish.Prune)
        {
            var planned = await store.PublishAsync(drafts, wish.Prune, dryRun: true, Origin.CommandLine, stop);
            if (!await AgreesAsync(planned))
            {
                await Console.Error.WriteLineAsync("Nothing was changed.");
                return 1;
            }
        }

        var publication = await store.PublishAsync(drafts, wish.Prune, wish.DryRun, Origin.CommandLine, stop);
        var report = new ImportReport(publication, wish.DryRun);
        await (publication.Book is null ? Console.Error : Console.Out).WriteAsync(report.Text());
        return publication.Book is null ? 1 : 0;
    }

    /// <exception cref="OperatorException">A file is not there, or is no document.</exception>
    public static async Task<IReadOnlyList<Draft>> ReadAsync(FileInfo[] files, CancellationToken stop)
    {
        var drafts = new List<Draft>();
        foreach (var file in files)
        {
            try
            {
                drafts.Add(RotaDocument.Read(await File.ReadAllBytesAsync(file.FullName, stop), RotaDocument.FormOf(file.Name), file.Name));
            }
            catch (Exception e) when (e is UnreadableDocumentException or IOException or UnauthorizedAccessException)
            {
                throw new OperatorException($"{file.Name}, {(e is UnreadableDocumentException ? "" : "cannot be read: ")}{e.Message}");
            }
        }

        return drafts;
    }

    private static async Task<bool> AgreesAsync(Publication planned)
    {
        var removed = planned.Changes.Where(change => change.Action == ChangeAction.Removed).ToList();
        if (removed.Count == 0)
        {
            return true;
        }

        await Console.Out.WriteLineAsync("This is removed, since the files do not have it:");
        foreach (var change in removed)
        {
            await Console.Out.WriteLineAsync($"  - {change.Item.Kind} {change.Item.Id}");
        }

        await Console.Out.WriteAsync("Go on? [y/N] ");
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private sealed record Wish(bool Prune, bool DryRun, bool Yes);
}
