using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;
using OnCall.Service.Duty;
using OnCall.Service.Tools;
using Spectre.Console;

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
        command.SetAction((words, stop) => RunAsync(words, settings, words.GetValue(reference)!, stop));
        return command.Anywhere();
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, string reference, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        var book = await target.BookAsync(stop);
        var enquiry = await target.EnquiryAsync(reference, stop);
        string[][] rows = [.. enquiry.Timeline.Select(line => Row(line, book))];
        await Output.WriteAsync(
            words,
            enquiry,
            rows.Select(row => $"  {row[0]}  {row[1]}").Prepend(Heading(enquiry)),
            () => Output.Table(["When", "What"], rows, Heading(enquiry)));
        return 0;
    }

    private static string Heading(EnquiryView enquiry) => $"Enquiry {enquiry.Ref}, {enquiry.State}, {enquiry.Priority}";

    private static string[] Row(TimelineView line, RotaBook book)
    {
        var at = AskedTime.Parse(line.At)!.Value;
        var adviser = line.Adviser is { } id ? $"{book.Advisers.GetValueOrDefault(id)?.Name ?? "an adviser who is gone"} ({id})" : null;
        return [Shown.Format(at.InZone(book.Zone ?? DateTimeZone.Utc)), Story.Sentence(new TimelineEntry(at, line.Event, line.Adviser, line.Method, line.Detail), adviser)];
    }
}
