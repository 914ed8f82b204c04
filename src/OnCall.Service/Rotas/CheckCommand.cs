using System.CommandLine;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Duty;

namespace OnCall.Service.Rotas;

/// <summary><c>oncall check FILE…</c>: validates rota documents by themselves, without a database; then says where nobody would be on duty.</summary>
internal static class CheckCommand
{
    private static readonly Duration LooksAhead = Duration.FromDays(28);

    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Arity = ArgumentArity.OneOrMore, Description = "Rota documents that refer to nothing but each other." };
        var command = new Command("check", "Checks rota documents without a database: errors, then warnings, gaps of the next 28 days among them.") { files };
        command.SetAction((words, stop) => RunAsync(words.GetRequiredValue(files), stop));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo[] files, CancellationToken stop)
    {
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var drafts = await ImportCommand.ReadAsync(files, stop);
        var checkedOnce = Publication.Of(RotaBook.Empty, RotaCheck.Check(drafts, BookContent.Empty, prune: true), now);
        if (checkedOnce.Book is not { } book)
        {
            foreach (var problem in checkedOnce.Problems)
            {
                await Console.Error.WriteLineAsync($"{problem.Located} ({problem.Path})");
            }

            return 1;
        }

        foreach (var warning in checkedOnce.Warnings.Concat(Gaps(book, now)))
        {
            await Console.Out.WriteLineAsync($"warning: {warning}");
        }

        await Console.Out.WriteLineAsync("No errors.");
        return 0;
    }

    private static IEnumerable<string> Gaps(RotaBook book, Instant now) => book.Content.Rotas.SelectMany(rota =>
        DutyTimeline.Between(book, rota, now, now + LooksAhead).Gaps.Select(gap => GapsCommand.Sentence(rota, gap)));
}
