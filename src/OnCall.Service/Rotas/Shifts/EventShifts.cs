using System.Globalization;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using OnCall.Core;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>The shifts of one event at a time: one for each occurrence, of everybody who is invited, else of the adviser in the title.</summary>
internal sealed class EventShifts(Instant now, ShiftNotes notes)
{
    private const int MostInvited = 50;

    private readonly EventRepetition _repetition = new(now);

    /// <param name="replaced">Occurrences whose place another event takes.</param>
    public IEnumerable<WrittenShift> Of(ParsedEvent parsed, IEnumerable<EventTime> replaced)
    {
        if (parsed.IsCancelled)
        {
            Warn(parsed.Block.Line, $"the event \"{parsed.Title}\" is cancelled; it is left out.");
            return [];
        }

        if (parsed.ReplacesAllLater)
        {
            Fault(parsed.Block.LineOf("RECURRENCE-ID"), "the event changes all later ones of a series (RANGE=THISANDFUTURE); write those as a series of their own.");
            return [];
        }

        if (StartOf(parsed) is not { } start || SpanOf(parsed, start) is not { } span || MailsOf(parsed) is not { } mails)
        {
            return [];
        }

        var others = replaced.Select(moved => moved.On(start.Zone)).ToHashSet();
        return StartsOf(parsed, start)
            .Where(local => !others.Contains(local))
            .Select(local => start with { Local = local })
            .Select(begins => new WrittenShift(parsed.Block.Line, begins.Written, span.End(begins), parsed.Title, mails))
            .Where(shift => !IsSkipped(shift, span));
    }

    /// <summary>An occurrence that clocks skip as a whole, as a rota's shifts may be.</summary>
    private bool IsSkipped(WrittenShift shift, EventSpan span)
    {
        var isSkipped = shift.Start == shift.End && !span.IsNothing;
        if (isSkipped)
        {
            Warn(shift.Line, $"the clocks skip the whole of the event \"{shift.Adviser}\" that would begin at {shift.Start}; it is left out.");
        }

        return isSkipped;
    }

    private EventTime? StartOf(ParsedEvent parsed)
    {
        var line = parsed.Block.LineOf("DTSTART");
        if (parsed.Written.Start is not { } written)
        {
            Fault(line, "DTSTART is missing, or is no time like 20261225T090000Z.");
            return null;
        }

        return Known(written, line);
    }

    private EventSpan? SpanOf(ParsedEvent parsed, EventTime start)
    {
        var line = parsed.Block.LineOf(parsed.Written.DtEnd is null ? "DURATION" : "DTEND");
        if (parsed.Written.DtEnd is { } end && Known(end, line) is null)
        {
            return null;
        }

        var span = EventSpan.Of(parsed.Written, start);
        if (span is null)
        {
            Fault(line, "DTEND is missing, or is of another kind than DTSTART; give both a time, or both a date.");
        }
        else if (span.IsTooLong)
        {
            Fault(line, "the event lasts longer than ten years.");
        }

        return span is { IsTooLong: true } ? null : span;
    }

    /// <summary>A time in the years that rotas have and in a zone that is known.</summary>
    private EventTime? Known(CalDateTime written, int line)
    {
        if (!EventTime.IsInYears(written))
        {
            Fault(line, "the time must be in the years 1990 to 2200.");
            return null;
        }

        var time = EventTime.Of(written);
        if (time is null)
        {
            Fault(line, $"the time zone \"{written.TzId}\" is not known; write one like Europe/London, or the time in UTC (20261225T090000Z).");
        }

        return time;
    }

    private ValueList<string>? MailsOf(ParsedEvent parsed)
    {
        var mails = parsed.Mails.Take(MostInvited + 1).ToValueList();
        if (mails.Count > MostInvited)
        {
            Fault(parsed.Block.Line, string.Create(CultureInfo.InvariantCulture, $"more than {MostInvited} people are invited; so many are never on duty at once."));
            return null;
        }

        return mails;
    }

    private List<LocalDateTime> StartsOf(ParsedEvent parsed, EventTime start)
    {
        if (!parsed.Repeats)
        {
            return [start.Local];
        }

        var line = parsed.Block.LineOf("RRULE");
        if (RepetitionRules.Refusal(parsed.Written) is { } refusal)
        {
            Fault(line, $"the event cannot be repeated: {refusal}; write each shift as an event.");
            return [];
        }

        try
        {
            var starts = _repetition.Starts(parsed.Written, start);
            if (starts.IsTooLong)
            {
                Fault(line, "with this event the file's rules go over several hundred years in all; begin them later, or end them earlier.");
            }
            else if (starts.IsCut)
            {
                Warn(line, string.Create(CultureInfo.InvariantCulture, $"the event \"{parsed.Title}\" repeats without end; it is taken for the next {EventRepetition.LooksAhead.Days} days, so import the file again before then."));
            }

            return starts.Local;
        }
        catch (EvaluationException)
        {
            Fault(line, "the event repeats on days that never come.");
            return [];
        }
    }

    private void Fault(int line, string sentence) => notes.Fault(CalendarShifts.Path, line, sentence);

    private void Warn(int line, string sentence) => notes.Warn(CalendarShifts.Path, line, sentence);
}
