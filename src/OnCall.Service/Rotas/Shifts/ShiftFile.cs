using Microsoft.Net.Http.Headers;
using NodaTime;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>How a file of dated shifts is written.</summary>
internal enum ShiftForm
{
    Csv,
    Calendar,
}

/// <summary>Reads files of dated shifts, CSV or iCalendar, always UTF-8.</summary>
internal static class ShiftFile
{
    /// <summary>The most shifts that a file may hold, with every repetition.</summary>
    public const int MostShifts = 20_000;

    /// <summary>The form by a file's name: <c>.csv</c> or <c>.ics</c>; null = something else.</summary>
    public static ShiftForm? FormOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".csv" => ShiftForm.Csv,
        ".ics" => ShiftForm.Calendar,
        _ => null,
    };

    /// <summary>The form by a media type: <c>text/csv</c> or <c>text/calendar</c>; null = something else.</summary>
    public static ShiftForm? FormOfType(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var type) ? null
        : type.MediaType.Equals(TypeOf(ShiftForm.Csv), StringComparison.OrdinalIgnoreCase) ? ShiftForm.Csv
        : type.MediaType.Equals(TypeOf(ShiftForm.Calendar), StringComparison.OrdinalIgnoreCase) ? ShiftForm.Calendar
        : null;

    /// <summary>The media type of a form.</summary>
    public static string TypeOf(ShiftForm form) => form == ShiftForm.Csv ? "text/csv" : "text/calendar";

    /// <summary>Takes a file apart; whom and when it means is judged by <see cref="ShiftDraft"/>.</summary>
    /// <param name="source">The file's name; null = there is but one.</param>
    /// <param name="now">What repeats without end is taken up to <see cref="EventRepetition.LooksAhead"/> from here.</param>
    /// <exception cref="UnreadableDocumentException">It is not UTF-8, too long, or nothing of the kind.</exception>
    public static ShiftList Read(ReadOnlyMemory<byte> bytes, ShiftForm form, string? source, Instant now)
    {
        var text = Utf8Text.Read(bytes.Span);
        return form == ShiftForm.Csv ? CsvShifts.Read(text, source) : CalendarShifts.Read(text, source, now);
    }
}
