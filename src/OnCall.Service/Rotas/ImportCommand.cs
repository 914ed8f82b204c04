using System.CommandLine;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Audit;
using OnCall.Service.Ops;
using OnCall.Service.Rotas.Shifts;

namespace OnCall.Service.Rotas;

/// <summary>
/// <c>oncall import FILE… [--dry-run] [--prune] [--yes]</c>: publishes rota documents, all of them or none.
/// <c>oncall import duty.csv --rota ID [--layer NAME]</c>: publishes a file of dated shifts in place of those of one layer.
/// </summary>
internal static class ImportCommand
{
    public static Command Create(string[] settings)
    {
        var files = new Argument<FileInfo[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Rota documents: YAML, or JSON where the name ends in .json. With --rota one file of dated shifts: .csv or .ics." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would change and changes nothing." };
        var prune = new Option<bool>("--prune") { Description = "Removes what the files do not have." };
        var yes = new Option<bool>("--yes") { Description = "Does not ask before something is removed." };
        var rota = new Option<string?>("--rota") { Description = "The rota whose dated shifts the file holds: they take the place of those of one layer." };
        var layer = new Option<string?>("--layer") { Description = "With --rota: that layer. Default: the file's name without its ending." };
        var command = new Command("import", "Checks rota documents, or a rota's dated shifts, and publishes them: all or nothing.") { files, dryRun, prune, yes, rota, layer };
        command.SetAction((words, stop) =>
        {
            var shifts = new ShiftWish(words.GetValue(rota), words.GetValue(layer), words.GetValue(prune), words.GetValue(dryRun));
            return RunAsync(settings, words.GetRequiredValue(files), shifts, words.GetValue(yes) || Console.IsInputRedirected, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, FileInfo[] files, ShiftWish wish, bool yes, CancellationToken stop)
    {
        var drafts = await DraftsAsync(files, wish, stop);
        using var host = Rooms.BuildTool(settings);
        var store = host.Services.GetRequiredService<BookStore>();
        if (!wish.DryRun && !yes && wish.Prune)
        {
            var planned = await store.PublishAsync(drafts, wish.Prune, dryRun: true, Origin.CommandLine, stop);
            if (!await AgreesAsync(planned))
            {
                await Console.Error.WriteLineAsync("Nothing was changed.");
                return 1;
            }
        }

        var publication = await store.PublishAsync(drafts, wish.Prune, wish.DryRun, Origin.CommandLine, stop);

        // A file of shifts says nothing of the rest: that it stays needs no telling.
        var report = new ImportReport(wish.Rota is null ? publication : publication with { Kept = [] }, wish.DryRun);
        await (publication.Book is null ? Console.Error : Console.Out).WriteAsync(report.Text());
        return publication.Book is null ? 1 : 0;
    }

    private static async Task<Func<BookContent, IReadOnlyList<Draft>>> DraftsAsync(FileInfo[] files, ShiftWish wish, CancellationToken stop)
    {
        if (wish.Rota is not null)
        {
            return (await ShiftImport.ReadAsync(files, wish, stop)).Drafts;
        }

        if (Array.Find(files, file => ShiftFile.FormOf(file.Name) is not null) is { } shifts)
        {
            throw new OperatorException($"{shifts.Name} holds dated shifts: say with --rota ID whose they are.");
        }

        if (wish.Layer is not null)
        {
            throw new OperatorException("--layer goes with --rota.");
        }

        var drafts = await ReadAsync(files, stop);
        return _ => drafts;
    }

    /// <exception cref="OperatorException">A file is not there, or is no document.</exception>
    public static async Task<IReadOnlyList<Draft>> ReadAsync(FileInfo[] files, CancellationToken stop)
    {
        var drafts = new List<Draft>();
        foreach (var file in files)
        {
            drafts.Add(await DocumentFile.ReadAsync(file, bytes => RotaDocument.Read(bytes, RotaDocument.FormOf(file.Name), file.Name), stop));
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
}
