using System.CommandLine;
using NodaTime.Extensions;
using OnCall.Core.Duty.Checks;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Tools;

namespace OnCall.Service.Rotas;

/// <summary><c>oncall check [FILE…] [--strict]</c>: what is wrong with rota documents, then what they probably do not mean. Without a file: with the published book.</summary>
internal static class CheckCommand
{
    public static Command Create(string[] settings)
    {
        var files = new Argument<FileInfo[]>("FILE")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Rota documents that refer to nothing but each other; no database is needed. Without any: the published book, with the calls that people on call took.",
        };
        var strict = new Option<bool>("--strict") { Description = "Warnings are errors: the exit status is 1 if there are any." };
        var command = new Command("check", $"Errors, then warnings: gaps of the next 28 days; of the next 17 weeks double bookings, lack of rest, people who are away or never on duty. {DutyCheck.Counted}")
        {
            files,
            strict,
        };
        command.SetAction((words, stop) => RunAsync(words, settings, words.GetValue(files) ?? [], words.GetValue(strict), stop));
        return command.Anywhere();
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, FileInfo[] files, bool isStrict, CancellationToken stop)
    {
        var found = files.Length == 0 ? await PublishedAsync(words, settings, stop) : await OfFilesAsync(files, stop);
        if (words.GetValue(ToolOptions.Json))
        {
            await Output.WriteAsync(words, found, []);
        }
        else if (found.Errors.Count > 0)
        {
            foreach (var error in found.Errors)
            {
                await words.Errors().WriteLineAsync(error);
            }
        }
        else
        {
            await ReportAsync(words, found.Warnings, isStrict);
        }

        return found.Errors.Count > 0 || (isStrict && found.Warnings.Count > 0) ? 1 : 0;
    }

    private static async Task<Found> OfFilesAsync(FileInfo[] files, CancellationToken stop)
    {
        var now = TimeProvider.System.GetCurrentInstant();
        var drafts = await ImportWish.ReadAsync(files, stop);
        var publication = Publication.Of(RotaBook.Empty, RotaCheck.Check(drafts, BookContent.Empty, prune: true), now);
        return new Found(ImportOutcome.Of(publication).Errors, [.. publication.WarningsFrom(now)]);
    }

    private static async Task<Found> PublishedAsync(ParseResult words, string[] settings, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        return new Found([], [.. (await target.WarningsAsync(stop)).Warnings.Select(warning => warning.Sentence)]);
    }

    private static async Task ReportAsync(ParseResult words, IReadOnlyList<string> warnings, bool isStrict)
    {
        foreach (var warning in warnings)
        {
            await words.Out().WriteLineAsync($"{(isStrict ? "error" : "warning")}: {warning}");
        }

        if (warnings.Count > 0)
        {
            await words.Out().WriteLineAsync($"({DutyCheck.Counted})");
        }

        await words.Out().WriteLineAsync(warnings.Count == 0 ? "No errors." : isStrict ? $"{warnings.Count} errors." : $"No errors, {warnings.Count} warnings.");
    }

    /// <summary>What a look over rota documents found, in sentences.</summary>
    private sealed record Found(IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings);
}
