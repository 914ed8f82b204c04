using System.CommandLine;
using NodaTime;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Duty;

/// <summary><c>oncall rehearse [--year Y]</c>: clock changes and bank holidays against every rota.</summary>
internal static class RehearseCommand
{
    public static Command Create(string[] settings)
    {
        var year = new Option<int?>("--year") { Description = "1990 to 2200. Default: this year." };
        var command = new Command("rehearse", "Every clock change and bank holiday of a year: who is on duty in each rota, and what is not as in other weeks.") { year };
        command.SetAction((words, stop) => RunAsync(settings, words.GetValue(year), stop));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, int? year, CancellationToken stop)
    {
        if (year is < 1990 or > 2200)
        {
            throw new OperatorException("--year takes a year from 1990 to 2200.");
        }

        using var host = Rooms.BuildTool(settings);
        var book = await host.Services.GetRequiredService<BookStore>().LoadAsync(stop);
        var now = Instant.FromDateTimeOffset(host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        var rehearsed = year ?? now.InZone(book.Zone ?? DateTimeZone.Utc).Year;
        foreach (var line in RehearsalReport.Lines(book, rehearsed, BankHolidays.Load()))
        {
            await Console.Out.WriteLineAsync(line);
        }

        return 0;
    }
}
