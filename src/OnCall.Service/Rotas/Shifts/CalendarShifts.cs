using System.Globalization;
using NodaTime;
using OnCall.Core;
using OnCall.Core.Rotas.Documents;
using Calendar = Ical.Net.Calendar;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>Shifts of an iCalendar file (RFC 5545): each occurrence of each event is one.</summary>
internal sealed class CalendarShifts
{
    /// <summary>The path of what is wrong with an event.</summary>
    public const string Path = "events";

    private const int MostEvents = 2000;
    private const int MostRepeating = 200;
    private const int MostProblems = 100;

    private readonly Instant _now;
    private readonly ShiftNotes _notes;
    private readonly List<WrittenShift> _shifts = [];

    private CalendarShifts(string? source, Instant now) => (_now, _notes) = (now, new ShiftNotes(source));

    /// <exception cref="UnreadableDocumentException">It is no iCalendar file.</exception>
    public static ShiftList Read(string text, string? source, Instant now)
    {
        var calendar = new CalendarShifts(source, now);
        calendar.TakeAll([.. EventBlocks.Of(text).Take(MostEvents + 1)]);
        return new ShiftList(source, calendar._shifts.ToValueList(), calendar._notes.Problems.ToValueList(), calendar._notes.Warnings.ToValueList());
    }

    private void TakeAll(List<EventBlock> blocks)
    {
        if (blocks.Count > MostEvents)
        {
            Fault(blocks[^1].Line, string.Create(CultureInfo.InvariantCulture, $"there are more than {MostEvents} events; split the file."));
            return;
        }

        var events = blocks.Select(Parse).OfType<ParsedEvent>().ToList();
        if (events.Where(parsed => parsed.Repeats).Skip(MostRepeating).FirstOrDefault() is { } one)
        {
            Fault(one.Block.Line, string.Create(CultureInfo.InvariantCulture, $"more than {MostRepeating} events repeat; split the file."));
            return;
        }

        TakeAll(events);
        if (_shifts.Count > ShiftFile.MostShifts)
        {
            Fault(_shifts[^1].Line, string.Create(CultureInfo.InvariantCulture, $"with this event there are more than {ShiftFile.MostShifts} shifts; end its rule earlier, or split the file."));
            _shifts.Clear();
        }
    }

    private void TakeAll(List<ParsedEvent> events)
    {
        var replaced = events.Where(parsed => parsed.Replaces is not null).ToLookup(parsed => parsed.Written.Uid, parsed => parsed.Replaces!);
        var shifts = new EventShifts(_now, _notes);
        foreach (var parsed in events.TakeWhile(_ => _notes.Problems.Count < MostProblems && _shifts.Count <= ShiftFile.MostShifts))
        {
            _shifts.AddRange(shifts.Of(parsed, parsed.Replaces is null ? replaced[parsed.Written.Uid] : []).Take(ShiftFile.MostShifts + 1 - _shifts.Count));
        }
    }

    private ParsedEvent? Parse(EventBlock block)
    {
        if (!block.IsClosed || block.IsTooLong)
        {
            Fault(block.Line, block.IsClosed ? "the event that begins here is longer than any real one." : "the event that begins here has no end (END:VEVENT).");
            return null;
        }

        try
        {
            return _notes.Problems.Count < MostProblems ? new ParsedEvent(block, Calendar.Load(block.Calendar)!.Events.Single()) : null;
        }
        catch (Exception e)
        {
            // Ical.Net throws what its parts throw; whatever it is, the event cannot be read.
            Fault(block.Line, $"the event that begins here cannot be read: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.");
            return null;
        }
    }

    private void Fault(int line, string sentence) => _notes.Fault(Path, line, sentence);
}
