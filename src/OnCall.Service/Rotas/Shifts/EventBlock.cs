using System.Text;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>What shifts need of one event of an iCalendar file, with its place. The rest of it (descriptions, alarms, …) is not looked at, whatever is wrong with it.</summary>
/// <param name="line">Of its first line, from 1.</param>
internal sealed class EventBlock(int line)
{
    private const int MostLines = 500;
    private const int Longest = 16 * 1024;

    private static readonly HashSet<string> Properties = new(
        ["UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "STATUS", "ATTENDEE", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE"], StringComparer.OrdinalIgnoreCase);

    private readonly StringBuilder _text = new("BEGIN:VEVENT\r\n");
    private readonly Dictionary<string, int> _lines = new(StringComparer.OrdinalIgnoreCase);
    private int _count;
    private bool _takes;

    public int Line => line;

    /// <summary>Whether its end was found.</summary>
    public bool IsClosed { get; private set; }

    public bool IsTooLong => _count > MostLines || _text.Length > Longest;

    /// <summary>A calendar of this event alone.</summary>
    public string Calendar => $"BEGIN:VCALENDAR\r\n{_text}END:VEVENT\r\nEND:VCALENDAR\r\n";

    /// <summary>The line of a property; the first line where the event does not have it.</summary>
    public int LineOf(string property) => _lines.GetValueOrDefault(property, line);

    /// <summary>Adds one line of the file; one that begins with a blank goes on with the one before.</summary>
    public void Add(string written, int at)
    {
        if (written is not [' ' or '\t', ..])
        {
            var name = written[..(written.AsSpan().IndexOfAny(':', ';') is >= 0 and var end ? end : 0)];
            _takes = Properties.Contains(name);
            if (_takes)
            {
                _lines.TryAdd(name, at);
            }
        }

        if (_takes && !IsTooLong)
        {
            _count++;
            _text.Append(written).Append("\r\n");
        }
    }

    public void Close() => IsClosed = true;
}
