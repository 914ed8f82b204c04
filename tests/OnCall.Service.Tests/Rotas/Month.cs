using System.Globalization;
using System.Text;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Service.Duty;

namespace OnCall.Service.Tests.Rotas;

/// <summary>A month of all rotas as people can read it: each period with its start, and who is on duty; beside it, what was read and found right.</summary>
internal static class Month
{
    public static string Of(RotaBook book, int year, int month)
    {
        var first = new LocalDate(year, month, 1);
        var text = new StringBuilder();
        foreach (var rota in book.Content.Rotas)
        {
            text.Append(rota.Id).Append('\n');
            var (start, end) = (LocalTimes.StartOfDay(first, rota.Zone), LocalTimes.StartOfDay(first.PlusMonths(1), rota.Zone));
            foreach (var (at, who) in Changes(DutyTimeline.Between(book, rota, start, end).Periods, start, end))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {AskedTime.Show(at, rota.Zone)} {who}\n");
            }
        }

        return text.ToString();
    }

    public static string CheckedIn(string sample, int year, int month) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rotas", string.Create(CultureInfo.InvariantCulture, $"{sample}-{year}-{month:00}.txt")));

    private static IEnumerable<(Instant At, string Who)> Changes(IEnumerable<DutyPeriod> periods, Instant start, Instant end)
    {
        var reached = start;
        foreach (var period in periods)
        {
            if (period.Start > reached)
            {
                yield return (reached, "(nobody)");
            }

            yield return (period.Start, string.Join(' ', period.Advisers));
            reached = period.End;
        }

        if (reached < end)
        {
            yield return (reached, "(nobody)");
        }
    }
}
