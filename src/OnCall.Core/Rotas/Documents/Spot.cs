using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Rotas.Documents;

/// <summary>A place in a document that is being read: each method understands what stands there, or notes what is wrong and answers null.</summary>
internal sealed partial record Spot(DraftNode Node, string Path, Reading Reading)
{
    /// <summary>The last word of the path, with which sentences begin.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    public void Fault(string rest) => Reading.Fault(Path, Node.Line, $"{Name} {rest}");

    public void Warn(string sentence) => Reading.Warn(Path, Node.Line, sentence);

    /// <summary>Notes on a blank what is asked for; there is nothing to read then.</summary>
    public bool IsBlank(Shape asked)
    {
        (Node as BlankNode)?.Is(asked);
        return Node is BlankNode;
    }

    /// <summary>Any scalar is text where text is expected; empty text never is.</summary>
    /// <param name="form">How the caller wants it, who judges that.</param>
    public string? Text(TextForm form = TextForm.Words)
    {
        if (IsBlank(new Shape.Text(form)))
        {
            return null;
        }

        if (Node is DraftNode.Scalar { IsNull: false, Text: var text } && !string.IsNullOrWhiteSpace(text))
        {
            if (IsWritable(text))
            {
                return text;
            }

            Fault("holds a control character; only letters, digits, signs, blanks and new lines can be spoken and kept.");
            return null;
        }

        Fault(Node is DraftNode.Scalar ? "is empty; write something or leave the key out." : $"must be text, not {Kind()}.");
        return null;
    }

    public string? OneOf(params string[] words)
    {
        if (IsBlank(new Shape.Choice([.. words])) || Text() is not { } text)
        {
            return null;
        }

        if (words.Contains(text))
        {
            return text;
        }

        Fault($"is \"{text}\"; write {string.Join(" or ", words)}.");
        return null;
    }

    public int? Integer(int least, int most)
    {
        if (IsBlank(new Shape.Whole(least, most)))
        {
            return null;
        }

        if (Node is DraftNode.Scalar { IsQuoted: false } scalar
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        Fault($"must be a whole number from {least} to {most}, without quotes{Written()}.");
        return null;
    }

    public bool? Flag()
    {
        if (IsBlank(new Shape.Flag()))
        {
            return null;
        }

        if (Node is DraftNode.Scalar { IsQuoted: false, Text: "true" or "false" } scalar)
        {
            return scalar.Text == "true";
        }

        Fault($"must be true or false, without quotes{Written()}.");
        return null;
    }

    public string? Id()
    {
        if (Text(TextForm.Id) is not { } text)
        {
            return null;
        }

        if (IdForm().IsMatch(text))
        {
            return text;
        }

        Fault($"is \"{text}\"; ids are 1 to 64 of the characters a-z, 0-9, '.' and '-'.");
        return null;
    }

    /// <summary>An id that must be known.</summary>
    /// <param name="kind">For the sentence: "adviser", "desk"…</param>
    public string? Reference(string kind, IReadOnlySet<string> known)
    {
        if (Text(TextForm.Reference) is not { } text)
        {
            return null;
        }

        if (known.Contains(text))
        {
            return text;
        }

        Fault($"names the {kind} \"{text}\", which is neither in the document nor kept from before{Reading.Hint(text, known)}");
        return null;
    }

    public PhoneNumber? Number()
    {
        if (Text(TextForm.Phone) is not { } text)
        {
            return null;
        }

        if (PhoneNumber.TryParse(text, out var number, out var problem))
        {
            return number;
        }

        Fault($"{problem}{Written()}.");
        return null;
    }

    /// <summary>A date, or a date and time, in the years 1990 to 2200.</summary>
    public WrittenTime? Time(DateTimeZone? zone)
    {
        if (Text(TextForm.Moment) is not { } text)
        {
            return null;
        }

        if (WrittenTime.Parse(text) is not { } time)
        {
            Fault($"is \"{text}\"; write a date and time like 2026-01-05T09:00, or a date like 2026-01-05.");
            return null;
        }

        return (time.Offset is not null || IsZoned(zone)) && InYears(time.Local.Year) ? time : null;
    }

    /// <summary>Notes where what is written on the wall clock has no zone to be read in.</summary>
    public bool IsZoned(DateTimeZone? zone)
    {
        if (zone is null)
        {
            Fault("is a wall-clock time, and no time zone is known: add timeZone, like Europe/London, at the top of the document, or to its rota.");
        }

        return zone is not null;
    }

    public Instant? Instant(DateTimeZone? zone) => Time(zone)?.In(zone);

    public LocalDate? Date()
    {
        if (Text(TextForm.Day) is not { } text)
        {
            return null;
        }

        if (WrittenTime.ParseDate(text) is not { } date)
        {
            Fault($"is \"{text}\"; write a date like 2026-01-05.");
            return null;
        }

        return InYears(date.Year) ? date : null;
    }

    public LocalTime? Clock()
    {
        if (Text(TextForm.Clock) is not { } text)
        {
            return null;
        }

        if (WrittenTime.ParseClock(text) is not { } time)
        {
            Fault($"is \"{text}\"; write a time of day from 00:00 to 23:59, like 18:00 (an end of 00:00 is midnight).");
            return null;
        }

        return time;
    }

    /// <summary>Elapsed time, more than nothing.</summary>
    public Duration? Elapsed(Duration most)
    {
        if (Text(TextForm.Length) is not { } text)
        {
            return null;
        }

        if (WrittenTime.ParseElapsed(text) is { } length && length > Duration.Zero && length <= most)
        {
            return length;
        }

        Fault($"is \"{text}\"; write a length of time like PT25S or PT2M, more than nothing and at most {WrittenTime.Write(most)}.");
        return null;
    }

    public SpotMap? Map()
    {
        if (Node is BlankNode blank)
        {
            return new SpotMap(new DraftNode.Map([], 0), Path, Reading, blank);
        }

        if (Node is DraftNode.Map map)
        {
            return new SpotMap(map, Path, Reading);
        }

        Fault($"must be a map of keys and values, not {Kind()}.");
        return null;
    }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<Spot> Items(bool mayBeEmpty = false)
    {
        if (Node is BlankNode blank)
        {
            return [new Spot(blank.Item(mayBeEmpty), $"{Path}[]", Reading)];
        }

        if (Node is not DraftNode.List list)
        {
            Fault($"must be a list, not {Kind()}.");
            return [];
        }

        if (list.Items.Count == 0 && !mayBeEmpty)
        {
            Fault("is an empty list; name at least one, or leave the key out.");
        }

        return [.. list.Items.Select((item, index) => new Spot(item, $"{Path}[{index}]", Reading))];
    }

    /// <summary>Whether a text can be spoken and kept.</summary>
    public static bool IsWritable(string text) => !text.Any(IsUnwritable);

    /// <summary>What neither XML nor PostgreSQL takes: a greeting that holds one would keep every caller from being answered.</summary>
    private static bool IsUnwritable(char c) => (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c >= '\uFFFE';

    private string Written() => Node is DraftNode.Scalar scalar ? $"; \"{scalar.Text}\" is not" : $"; {Kind()} is not";

    private string Kind() => Node switch
    {
        DraftNode.Map => "a map",
        DraftNode.List => "a list",
        DraftNode.Scalar { IsNull: true } => "nothing",
        _ => "a single value",
    };

    /// <summary>Notes where a year is none of those that a document may hold.</summary>
    public bool InYears(int year)
    {
        if (WrittenTime.IsInYears(year))
        {
            return true;
        }

        Fault("must be in the years 1990 to 2200.");
        return false;
    }

    [GeneratedRegex(@"^[a-z0-9.\-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdForm();
}
