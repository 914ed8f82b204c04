using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using OnCall.Core.Duty.Rehearsing;
using OnCall.Service.Ops;
using OnCall.Service.Tools;

namespace OnCall.Service.Duty;

/// <summary><c>oncall rehearse [--year Y]</c>: clock changes and bank holidays against every rota.</summary>
internal static class RehearseCommand
{
    public static Command Create(string[] settings)
    {
        var year = new Option<int?>("--year") { Description = "1990 to 2200. Default: this year." };
        var command = new Command("rehearse", "Every clock change and bank holiday of a year: who is on duty in each rota, and what is not as in other weeks.") { year };
        command.SetAction((words, stop) => RunAsync(words, settings, words.GetValue(year), stop));
        return command.Anywhere();
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, int? year, CancellationToken stop)
    {
        if (year is < 1990 or > 2200)
        {
            throw new OperatorException("--year takes a year from 1990 to 2200.");
        }

        using var target = ITarget.Of(words, settings);
        var book = await target.BookAsync(stop);
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var rehearsed = year ?? now.InZone(book.Zone ?? DateTimeZone.Utc).Year;
        var holidays = BankHolidays.Load();
        string[][] rows = [.. RehearsalReport.Rows(book, rehearsed, holidays)];
        await Output.WriteAsync(
            words,
            RehearsalReport.Days(book, rehearsed, holidays).Select(RehearsedAnswer.Of),
            RehearsalReport.Lines(book, rehearsed, holidays),
            rows.Length == 0 ? null : () => Output.Table(["Occasion", "Rota", "On duty", "Not as in other weeks"], rows, caption: RehearsalReport.Introduction(rehearsed, holidays)));
        return 0;
    }
}

/// <summary>What a clock change or a holiday is like for one rota.</summary>
/// <param name="Date">The local date.</param>
/// <param name="Unusual">What is not as in other weeks, in sentences; empty = as usual.</param>
internal sealed record RehearsedAnswer(string Date, string Occasion, string Rota, IEnumerable<ReasonAnswer> Duty, IEnumerable<string> Unusual)
{
    public static RehearsedAnswer Of(RehearsedDay day) => new(
        LocalDatePattern.Iso.Format(day.Occasion.Date),
        day.Occasion is Occasion.Holiday holiday ? holiday.Name : "clock change",
        day.Rota.Id,
        day.Duty.Select(stay => ReasonAnswer.Of(stay, day.Rota.Zone)),
        day.Oddities.Select(oddity => RehearsalReport.Sentence(oddity, day.Rota.Zone)));
}
