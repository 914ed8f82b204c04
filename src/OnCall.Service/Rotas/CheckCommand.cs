using System.CommandLine;
using NodaTime;
using OnCall.Core.Duty.Checks;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Duty;

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
        command.SetAction((words, stop) => RunAsync(settings, words.GetValue(files) ?? [], words.GetValue(strict), stop));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, FileInfo[] files, bool isStrict, CancellationToken stop)
    {
        if (files.Length == 0)
        {
            return await ReportAsync(await PublishedAsync(settings, stop), isStrict);
        }

        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var drafts = await ImportCommand.ReadAsync(files, stop);
        var checkedOnce = Publication.Of(RotaBook.Empty, RotaCheck.Check(drafts, BookContent.Empty, prune: true), now);
        if (checkedOnce.Book is not null)
        {
            return await ReportAsync([.. checkedOnce.Warnings], isStrict);
        }

        foreach (var problem in checkedOnce.Problems)
        {
            await Console.Error.WriteLineAsync($"{problem.Located} ({problem.Path})");
        }

        return 1;
    }

    private static async Task<List<string>> PublishedAsync(string[] settings, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var book = await host.Services.GetRequiredService<BookStore>().LoadAsync(stop);
        var findings = await host.Services.GetRequiredService<BookFindings>().OfAsync(book, stop);
        return [.. findings.Select(finding => finding.Sentence)];
    }

    private static async Task<int> ReportAsync(List<string> warnings, bool isStrict)
    {
        foreach (var warning in warnings)
        {
            await Console.Out.WriteLineAsync($"{(isStrict ? "error" : "warning")}: {warning}");
        }

        if (warnings.Count > 0)
        {
            await Console.Out.WriteLineAsync($"({DutyCheck.Counted})");
        }

        await Console.Out.WriteLineAsync(warnings.Count == 0 ? "No errors." : isStrict ? $"{warnings.Count} errors." : $"No errors, {warnings.Count} warnings.");
        return isStrict && warnings.Count > 0 ? 1 : 0;
    }
}
