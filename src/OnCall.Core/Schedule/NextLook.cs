using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Schedule;

/// <summary>When the clock of the rota must be looked at next.</summary>
public static class NextLook
{
    /// <summary>
    /// The next hand-over, the next morning, or the next begin or end of an absence (somebody whom a policy names comes or goes); null = nothing of that within
    /// 400 days.
    /// </summary>
    public static Instant? After(RotaBook book, Instant at) => AbsencesOf(book)
        .Append(HandoverWatch.Next(book, at))
        .Append(Mornings.Next(book, at))
        .Where(next => next > at)
        .Min();

    private static IEnumerable<Instant?> AbsencesOf(RotaBook book) => book.Absences.SelectMany(absence => new[] { absence.Start, absence.End })
        .Concat(book.Content.Advisers.SelectMany(adviser => new[] { adviser.From, adviser.Until }));
}
