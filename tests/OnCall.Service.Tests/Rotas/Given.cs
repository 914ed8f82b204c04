using System.Text;
using NodaTime;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Rotas.Shifts;

namespace OnCall.Service.Tests.Rotas;

/// <summary>Files of shifts as they come in on a day of November 2026.</summary>
internal static class Given
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 25, 9, 0);

    public static ShiftList Csv(string text) => ShiftFile.Read(Encoding.UTF8.GetBytes(text), ShiftForm.Csv, source: null, Now);

    /// <summary>A calendar of these lines; the first of them is line 4.</summary>
    public static ShiftList Calendar(string lines) => ShiftFile.Read(
        Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{lines}\nEND:VCALENDAR\n".ReplaceLineEndings("\r\n")), ShiftForm.Calendar, source: null, Now);

    public static IEnumerable<string> Written(ShiftList list) => list.Shifts.Select(shift => $"{shift.Start} {shift.End} {shift.Adviser}{string.Concat(shift.Mails.Select(mail => $" <{mail}>"))}");
}
