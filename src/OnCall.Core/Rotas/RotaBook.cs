using System.Collections.Frozen;
using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Rotas;

/// <summary>The immutable snapshot of everything that the rota documents say, at one revision.</summary>
/// <remarks>Every reference in it resolves: the check of a document makes no book otherwise.</remarks>
public sealed class RotaBook
{
    private readonly FrozenDictionary<string, Line> _linesByAnyNumber;
    private readonly FrozenSet<PhoneNumber> _ownNumbers;
    private readonly FrozenDictionary<string, Force> _forcesByNumber;
    private readonly FrozenDictionary<string, Force> _forcesByPrefix;

    public RotaBook(long revision, BookContent content, Instant? publishedAt = null)
    {
        Revision = revision;
        PublishedAt = publishedAt;
        Content = content;
        Advisers = content.Advisers.ToFrozenDictionary(adviser => adviser.Id);
        Desks = content.Desks.ToFrozenDictionary(desk => desk.Id);
        Rotas = content.Rotas.ToFrozenDictionary(rota => rota.Id);
        Policies = content.Policies.ToFrozenDictionary(policy => policy.Id);
        Lines = content.Lines.ToFrozenDictionary(line => line.Number.Value);
        Blocked = content.Blocked.ToFrozenDictionary(blocked => blocked.Number.Value);
        _linesByAnyNumber = content.Lines
            .SelectMany(line => new[] { (line.Number, line), (line.TextNumber, line) })
            .DistinctBy(pair => pair.Item1)
            .ToFrozenDictionary(pair => pair.Item1.Value, pair => pair.line);
        _ownNumbers = content.Advisers.SelectMany(adviser => new[] { adviser.Phone, adviser.Sms }).OfType<PhoneNumber>()
            .Concat(content.Coordinators.Select(coordinator => coordinator.Phone))
            .ToFrozenSet();
        _forcesByNumber = ForcesBy(content, isPrefix: false);
        _forcesByPrefix = ForcesBy(content, isPrefix: true);
    }

    /// <summary>Nothing at all: the book before the first import.</summary>
    public static RotaBook Empty { get; } = new(0, BookContent.Empty);

    /// <summary>Grows with every published change; 0 = nothing was published yet.</summary>
    public long Revision { get; }

    /// <summary>
    /// When it was published, in whole microseconds; null = that is not known. A database that has lost its last revisions gives their numbers again, to other books: the two
    /// together say which book it is.
    /// </summary>
    public Instant? PublishedAt { get; }

    /// <summary>The paths of what a newer version has stored in it and this one does not know: it is not in <see cref="Content"/>.</summary>
    public ValueList<string> OfNewer { get; init; } = [];

    /// <summary>The same as lists in document order.</summary>
    public BookContent Content { get; }

    /// <summary>The document's zone; null where none was named.</summary>
    public DateTimeZone? Zone => Content.Zone;

    public ValueList<string> Topics => Content.Topics;

    public ValueList<Coordinator> Coordinators => Content.Coordinators;

    public ValueList<Absence> Absences => Content.Absences;

    /// <summary>By id.</summary>
    public FrozenDictionary<string, Adviser> Advisers { get; }

    /// <summary>By id.</summary>
    public FrozenDictionary<string, Desk> Desks { get; }

    /// <summary>By id.</summary>
    public FrozenDictionary<string, Rota> Rotas { get; }

    /// <summary>By id.</summary>
    public FrozenDictionary<string, EscalationPolicy> Policies { get; }

    /// <summary>By the E.164 form of the number that is called.</summary>
    public FrozenDictionary<string, Line> Lines { get; }

    /// <summary>By the E.164 form of the number.</summary>
    public FrozenDictionary<string, Blocked> Blocked { get; }

    /// <summary>Whether a number is an adviser's or a coordinator's.</summary>
    public bool IsOurs(PhoneNumber number) => _ownNumbers.Contains(number);

    /// <summary>The adviser who calls or texts from a number; null = nobody does.</summary>
    public Adviser? AdviserOf(PhoneNumber number) => Content.Advisers.FirstOrDefault(adviser => adviser.Sms == number || adviser.Phone == number);

    /// <summary>The line that is called or texted at a number in E.164 form; null = none.</summary>
    public Line? LineOf(string number) => _linesByAnyNumber.GetValueOrDefault(number);

    /// <summary>The number for calls of the line that was called or texted: a number that is no line's stands for itself, and the first line's for what is no number.</summary>
    public PhoneNumber LineNumberOf(string? called) =>
        LineOf(called ?? "")?.Number ?? (PhoneNumber.TryParse(called, out var number, out _) ? number : Content.Lines[0].Number);

    /// <summary>The force for which a caller's number is listed: the longest pattern that fits wins; null = none, or withheld.</summary>
    public Force? Force(string? callerNumber)
    {
        if (string.IsNullOrEmpty(callerNumber))
        {
            return null;
        }

        if (_forcesByNumber.TryGetValue(callerNumber, out var listed))
        {
            return listed;
        }

        for (var length = callerNumber.Length; length > 1; length--)
        {
            if (_forcesByPrefix.TryGetValue(callerNumber[..length], out var force))
            {
                return force;
            }
        }

        return null;
    }

    /// <summary>
    /// In which language who calls or texts a line, or is called or texted from it, is spoken and written to: an adviser's own, else that of the force for which the number
    /// is listed, else the line's. English where the book knows neither.
    /// </summary>
    /// <param name="other">Null = withheld.</param>
    public Language LanguageOf(PhoneNumber line, PhoneNumber? other) =>
        other is not null && IsOurs(other) && AdviserOf(other) is { } adviser ? adviser.Language
        : Force(other?.Value)?.Language ?? LineOf(line.Value)?.Language ?? Language.English;

    private static FrozenDictionary<string, Force> ForcesBy(BookContent content, bool isPrefix) => content.Forces
        .SelectMany(force => force.Numbers.Where(number => number.IsPrefix == isPrefix).Select(number => (number.Digits, force)))
        .DistinctBy(pair => pair.Digits)
        .ToFrozenDictionary(pair => pair.Digits, pair => pair.force);
}
