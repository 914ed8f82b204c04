using System.CommandLine;
using OnCall.Service.Rotas.Shifts;
using OnCall.Service.Tools;

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
            return RunAsync(words, settings, new ImportWish(words.GetRequiredValue(files), shifts).Checked(), words.GetValue(yes) || Console.IsInputRedirected || words.Out() != Console.Out, stop);
        });
        return command.Anywhere();
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, ImportWish wish, bool yes, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        if (!wish.Shifts.DryRun && !yes && wish.Prune && !await AgreesAsync(words, target, wish, stop))
        {
            await words.Errors().WriteLineAsync("Nothing was changed.");
            return 1;
        }

        var outcome = await target.ImportAsync(wish, wish.Shifts.DryRun, stop);

        // A file of shifts says nothing of the rest: that it stays needs no telling.
        return await WriteAsync(words, wish.Shifts.Rota is null || outcome.Done is null ? outcome : outcome with { Done = outcome.Done with { Kept = [] } }, wish.Shifts.DryRun);
    }

    /// <summary>What became of it: the answer, or on the error output everything that is wrong.</summary>
    public static async Task<int> WriteAsync(ParseResult words, ImportOutcome outcome, bool dryRun)
    {
        if (words.GetValue(ToolOptions.Json))
        {
            await (outcome.Done is { } done ? Output.WriteAsync(words, done, []) : Output.WriteAsync(words, outcome, []));
        }
        else
        {
            await (outcome.Done is null ? words.Errors() : words.Out()).WriteAsync(new ImportReport(outcome, dryRun).Text());
        }

        return outcome.Done is null ? 1 : 0;
    }

    /// <summary>Asks until nothing would be removed that was not shown: others may publish while somebody reads.</summary>
    private static async Task<bool> AgreesAsync(ParseResult words, ITarget target, ImportWish wish, CancellationToken stop)
    {
        HashSet<string> agreed = [];
        while (await RemovedAsync(target, wish, stop) is var removed && !agreed.IsSupersetOf(removed))
        {
            await words.Out().WriteLineAsync("This is removed, since the files do not have it:");
            foreach (var one in removed)
            {
                await words.Out().WriteLineAsync($"  - {one}");
            }

            await words.Out().WriteAsync("Go on? [y/N] ");
            if (Console.ReadLine()?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
            {
                return false;
            }

            agreed.UnionWith(removed);
        }

        return true;
    }

    private static async Task<List<string>> RemovedAsync(ITarget target, ImportWish wish, CancellationToken stop) =>
        [.. ((await target.ImportAsync(wish, dryRun: true, stop)).Done?.Changes ?? []).Where(change => change.Action == ChangeJson.Removed).Select(change => $"{change.Kind} {change.Id}")];
}
