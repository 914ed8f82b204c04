using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Service.Duty;
using OnCall.Service.Ops;

namespace OnCall.Service.Rotas;

/// <summary><c>oncall revisions</c>: who published what and when. <c>oncall restore REVISION [--dry-run]</c>: the way back to any of them.</summary>
internal static class RevisionCommands
{
    private const int Usual = 20;

    public static Command List(string[] settings)
    {
        var limit = new Option<int>("--limit") { Description = "How many, the newest first.", DefaultValueFactory = _ => Usual };
        var command = new Command("revisions", "The revisions of the rotas: who published what and when, the newest first.") { limit };
        command.SetAction((words, stop) => ListAsync(settings, words.GetValue(limit), stop));
        return command;
    }

    public static Command Restore(string[] settings)
    {
        var revision = new Argument<long>("REVISION") { Description = "Its number, as `oncall revisions` shows it." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would change and changes nothing." };
        var command = new Command("restore", "Publishes everything as it was in a revision, as a new revision: nothing is lost by it.") { revision, dryRun };
        command.SetAction((words, stop) => RestoreAsync(settings, words.GetRequiredValue(revision), words.GetValue(dryRun), stop));
        return command;
    }

    private static async Task<int> ListAsync(string[] settings, int limit, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var store = host.Services.GetRequiredService<BookStore>();
        var zone = (await store.LoadAsync(stop)).Zone ?? DateTimeZone.Utc;
        foreach (var row in await store.ListAsync(long.MaxValue, limit, stop))
        {
            var changes = JsonSerializer.Deserialize<List<ChangeJson>>(row.Changes, StoredJson.Options)!.Select(change => $"{change.Kind} {change.Id} {change.Action}");
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{row.Revision}  {AskedTime.Tell(row.PublishedAt, zone)}  {row.Actor} ({row.Source}): {string.Join(", ", changes)}"));
        }

        return 0;
    }

    private static async Task<int> RestoreAsync(string[] settings, long revision, bool dryRun, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var store = host.Services.GetRequiredService<BookStore>();
        var row = await store.FindAsync(revision, stop)
            ?? throw new OperatorException(string.Create(CultureInfo.InvariantCulture, $"There is no revision {revision}; `oncall revisions` lists them."));
        var publication = await store.PublishAsync([RotaDocument.ReadStored(row.Document)], prune: true, dryRun, Origin.CommandLine, stop);
        await (publication.Book is null ? Console.Error : Console.Out).WriteAsync(new ImportReport(publication, dryRun).Text());
        return publication.Book is null ? 1 : 0;
    }
}
