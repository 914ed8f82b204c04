using System.CommandLine;
using System.Globalization;
using NodaTime;
using OnCall.Service.Duty;
using OnCall.Service.Ops;
using OnCall.Service.Tools;

namespace OnCall.Service.Rotas;

/// <summary><c>oncall revisions</c>: who published what and when. <c>oncall restore REVISION [--dry-run]</c>: the way back to any of them.</summary>
internal static class RevisionCommands
{
    private const int Usual = 20;

    public static Command List(string[] settings)
    {
        var limit = new Option<int>("--limit") { Description = "How many, the newest first.", DefaultValueFactory = _ => Usual };
        var command = new Command("revisions", "The revisions of the rotas: who published what and when, the newest first.") { limit };
        command.SetAction((words, stop) => ListAsync(words, settings, words.GetValue(limit), stop));
        return command.Anywhere();
    }

    public static Command Restore(string[] settings)
    {
        var revision = new Argument<long>("REVISION") { Description = "Its number, as `oncall revisions` shows it." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would change and changes nothing." };
        var command = new Command("restore", "Publishes everything as it was in a revision, as a new revision: nothing is lost by it.") { revision, dryRun };
        command.SetAction((words, stop) => RestoreAsync(words, settings, words.GetRequiredValue(revision), words.GetValue(dryRun), stop));
        return command.Anywhere();
    }

    private static async Task<int> ListAsync(ParseResult words, string[] settings, int limit, CancellationToken stop)
    {
        if (limit is < 1 or > Asked.LargestPage)
        {
            throw new OperatorException(string.Create(CultureInfo.InvariantCulture, $"--limit takes 1 to {Asked.LargestPage}."));
        }

        using var target = ITarget.Of(words, settings);
        var zone = (await target.BookAsync(stop)).Zone ?? DateTimeZone.Utc;
        var answer = await target.RevisionsAsync(limit, stop);
        string[][] rows = [.. answer.Revisions.Select(row => Row(row, zone))];
        await Output.WriteAsync(words, answer, rows.Select(row => $"{row[0]}  {row[1]}  {row[2]} ({row[3]}): {row[4]}"), () => Output.Table(["Revision", "When", "Who", "From", "What"], rows));
        return 0;
    }

    private static string[] Row(RevisionAnswer row, DateTimeZone zone) =>
    [
        row.Revision.ToString(CultureInfo.InvariantCulture),
        AskedTime.Tell(AskedTime.Parse(row.At)!.Value, zone),
        row.Actor,
        row.From,
        string.Join(", ", row.Changes.Select(change => $"{change.Kind} {change.Id} {change.Action}")),
    ];

    private static async Task<int> RestoreAsync(ParseResult words, string[] settings, long revision, bool dryRun, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        return await ImportCommand.WriteAsync(words, await target.RestoreAsync(revision, dryRun, stop), dryRun);
    }
}
