using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;

namespace OnCall.Core.Schedule;

/// <summary>What the clock of the rota brought between two looks: a function of when it was last looked at, of now, and of the books in force meanwhile.</summary>
public static class Moments
{
    /// <summary>Who came on duty longer ago has found out by other means.</summary>
    public static readonly Duration LongestDelayOfHandovers = Duration.FromMinutes(30);

    /// <summary>A list of gaps still helps at noon.</summary>
    public static readonly Duration LongestDelayOfMornings = Duration.FromHours(3);

    /// <summary>What came in (from, <paramref name="now"/>], where from is that since which the first book is in force, in order of time; of several mornings the last one.</summary>
    /// <param name="books">What was in force, in order of time, at least one; none comes into force after <paramref name="now"/>.</param>
    public static IReadOnlyList<Moment> Between(IReadOnlyList<BookInForce> books, Instant now)
    {
        var handovers = HandoverWatch.Between(books, now).Select(handover => Of(books.Last(book => book.Since <= handover.At).Book, handover, now));
        var book = books[^1].Book;
        return Mornings.Last(book, books[0].Since, now) is { } morning ? [.. handovers, Of(book, morning, now)] : [.. handovers];
    }

    private static Moment.OfHandover Of(RotaBook book, Handover handover, Instant now)
    {
        var missed = now - handover.At > LongestDelayOfHandovers;
        return new Moment.OfHandover(handover, missed, missed ? [] : HandoverNotices.Of(book, handover).ToValueList());
    }

    private static Moment.OfMorning Of(RotaBook book, Instant morning, Instant now)
    {
        var missed = now - morning > LongestDelayOfMornings;
        return new Moment.OfMorning(morning, missed, missed ? [] : GapNotices.Of(book, now).ToValueList());
    }
}
