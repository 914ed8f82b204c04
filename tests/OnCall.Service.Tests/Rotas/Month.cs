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
            var duty = DutyTimeline.Between(book, rota, LocalTimes.StartOfDay(first, rota.Zone), LocalTimes.StartOfDay(first.PlusMonths(1), rota.Zone));
            text.Append(rota.Id).Append('\n');
            foreach (var period in duty.Periods)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {AskedTime.Show(period.Start, rota.Zone)} {string.Join(' ', period.Advisers)}\n");
            }
        }

        return text.ToString();
    }

    public static string CheckedIn(string sample, int year, int month) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rotas", string.Create(CultureInfo.InvariantCulture, $"{sample}-{year}-{month:00}.txt")));
}
