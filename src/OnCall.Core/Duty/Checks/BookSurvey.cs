using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Checks;

/// <summary>What all checks look at: each rota's duty over their window.</summary>
internal sealed class BookSurvey
{
    /// <summary>How far ahead is looked: the reference period of the working time rules.</summary>
    public static readonly Duration Ahead = Duration.FromDays(17 * 7);

    /// <summary>How far ahead gaps are looked for: lists of shifts are seldom written further ahead than a month.</summary>
    public static readonly Duration GapsAhead = Duration.FromDays(28);

    /// <param name="back">How far before <paramref name="now"/> duty matters: for rest, and for days in a row.</param>
    public BookSurvey(RotaBook book, Instant now, Duration back, CallsTaken calls)
    {
        (Book, Now, From, Calls) = (book, now, now - back, calls);
        Rotas = [.. book.Content.Rotas.Select(rota => new RotaSurvey(book, rota, From, Until))];
    }

    public RotaBook Book { get; }

    public Instant Now { get; }

    /// <summary>Inclusive.</summary>
    public Instant From { get; }

    /// <summary>Exclusive.</summary>
    public Instant Until => Now + Ahead;

    public CallsTaken Calls { get; }

    public IReadOnlyList<RotaSurvey> Rotas { get; }

    /// <summary>In which what concerns no single rota is told.</summary>
    public DateTimeZone Zone => Book.Zone ?? (Rotas is [var first, ..] ? first.Rota.Zone : DateTimeZone.Utc);

    /// <summary>One finding for all the stretches; null where none ends after now.</summary>
    public DutyFinding? Finding(DutyRule rule, string concerns, string what, Func<Stretch, string> shortfall, IEnumerable<Stretch> stretches, DateTimeZone? zone = null)
    {
        var coming = stretches.Where(stretch => stretch.End > Now).OrderBy(stretch => stretch.Start).ToList();
        return coming is [var first, ..]
            ? new DutyFinding(rule, concerns, what, shortfall(first), first.Start, first.End, coming.Count, Until, zone ?? Zone)
            : null;
    }
}
