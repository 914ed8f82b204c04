using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using OnCall.Core.Escalation;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Escalation;

/// <summary><c>oncall replay REF</c>: the story of an enquiry in sentences.</summary>
internal static class ReplayCommand
{
    private static readonly ZonedDateTimePattern Shown =
        ZonedDateTimePattern.CreateWithInvariantCulture("ddd d MMM uuuu HH':'mm':'ss x", DateTimeZoneProviders.Tzdb);

    public static Command Create(string[] settings)
    {
        var reference = new Argument<string>("REF") { Description = "The enquiry's ref, for example 4821; the newest that has it is told." };
        var command = new Command("replay", "The story of an enquiry in sentences.") { reference };
        command.SetAction((words, stop) => RunAsync(settings, words.GetValue(reference)!, stop));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, string reference, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var book = await host.Services.GetRequiredService<BookStore>().LoadAsync(stop);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(stop);
        var enquiry = await db.Set<EnquiryRow>().AsNoTracking().Where(row => row.Ref == reference).OrderByDescending(row => row.OpenedAt).FirstOrDefaultAsync(stop)
            ?? throw new OperatorException($"No enquiry has the ref {reference}.");
        await new EnquiryReadings(host.Services.GetRequiredService<AuditLog>(), host.Services.GetRequiredService<TimeProvider>())
            .NoteAsync(Origin.CommandLine, [enquiry], query: null, stop);
        var zone = book.Zone ?? DateTimeZone.Utc;
        await Console.Out.WriteLineAsync($"Enquiry {enquiry.Ref}, {enquiry.State}, {enquiry.Priority}");
        foreach (var line in await db.Set<TimelineRow>().AsNoTracking().Where(line => line.EnquiryId == enquiry.Id).OrderBy(line => line.At).ThenBy(line => line.Id).ToListAsync(stop))
        {
            var adviser = line.Adviser is { } id ? $"{book.Advisers.GetValueOrDefault(id)?.Name ?? "an adviser who is gone"} ({id})" : null;
            var entry = new TimelineEntry(line.At, line.Event, line.Adviser, line.Method, line.Detail);
            await Console.Out.WriteLineAsync($"  {Shown.Format(line.At.InZone(zone))}  {Story.Sentence(entry, adviser)}");
        }

        return 0;
    }
}
