using System.Globalization;
using CsvHelper;
using OnCall.Core;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>Shifts of a table: a header with the columns start, end and adviser, in any order, then a line for each shift.</summary>
internal sealed class CsvShifts
{
    private const string Start = "start";
    private const string End = "end";
    private const string Adviser = "adviser";
    private const int MostColumns = 200;

    private static readonly string[] Columns = [Start, End, Adviser];

    private readonly ShiftNotes _notes;
    private readonly Dictionary<string, int> _places = [];

    private CsvShifts(string? source) => _notes = new ShiftNotes(source);

    public static ShiftList Read(string text, string? source)
    {
        var table = new CsvShifts(source);
        var shifts = table.Shifts(text);
        return new ShiftList(source, shifts.ToValueList(), table._notes.Problems.ToValueList(), table._notes.Warnings.ToValueList());
    }

    private List<WrittenShift> Shifts(string text)
    {
        // A quote that is never closed spoils its own line and no other.
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            TrackLineNumbers = true,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            AllowLineBreaksInQuotes = false,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = record => _notes.Fault("row", (int)record.LineNumber, "the quotes in this line do not match; put a quoted value between two of them, and nothing beside it."),
        });
        var shifts = new List<WrittenShift>();
        if (!HasItsColumns(reader.Headers, reader.Separator))
        {
            return shifts;
        }

        while (shifts.Count <= ShiftFile.MostShifts && !_notes.IsFull && reader.Read())
        {
            if (Shift(reader) is { } shift)
            {
                shifts.Add(shift);
            }
        }

        if (shifts.Count > ShiftFile.MostShifts)
        {
            _notes.Fault("row", shifts[^1].Line, string.Create(CultureInfo.InvariantCulture, $"there are more than {ShiftFile.MostShifts} shifts; split the file."));
            shifts.Clear();
        }

        return shifts;
    }

    private bool HasItsColumns(IReadOnlyList<string> headers, char separator)
    {
        if (headers.Count > MostColumns)
        {
            _notes.Fault("header", 1, string.Create(CultureInfo.InvariantCulture, $"there are more than {MostColumns} columns; keep {string.Join(", ", Columns)}."));
            return false;
        }

        for (var place = 0; place < headers.Count; place++)
        {
            var name = headers[place].ToLowerInvariant();
            if (!Columns.Contains(name))
            {
                _notes.Warn("header", 1, $"the column \"{headers[place]}\" is not taken; the columns are {string.Join(", ", Columns)}.");
            }
            else if (!_places.TryAdd(name, place))
            {
                _notes.Fault("header", 1, $"two columns are called {name}; keep one of the two.");
            }
        }

        var missing = Columns.Where(column => !_places.ContainsKey(column)).ToList();
        if (missing.Count > 0)
        {
            _notes.Fault("header", 1, $"the column {string.Join(" and the column ", missing)} is missing; begin with a line like {string.Join(separator == ';' ? ";" : ",", Columns)}.");
        }

        return missing.Count == 0;
    }

    private WrittenShift? Shift(CsvReader row)
    {
        var fields = Enumerable.Range(0, row.FieldCount).Select(row.GetString).ToList();
        if (fields.TrueForAll(string.IsNullOrWhiteSpace))
        {
            return null;
        }

        var line = (int)row.LineNumber;
        if (fields.Count < row.Headers.Count || fields.Skip(row.Headers.Count).Any(field => field.Length > 0))
        {
            _notes.Fault("row", line, $"this line has {fields.Count} value{(fields.Count == 1 ? "" : "s")} where the header has {row.Headers.Count}; a value that holds the separator goes between quotes.");
            return null;
        }

        return new WrittenShift(line, Time(fields[_places[Start]]), Time(fields[_places[End]]), fields[_places[Adviser]], []);
    }

    /// <summary>Spreadsheets write a blank between date and time (RFC 3339 allows it).</summary>
    private static string Time(string text) => text.Length > 10 && text[10] == ' ' ? $"{text[..10]}T{text[11..]}" : text;
}
