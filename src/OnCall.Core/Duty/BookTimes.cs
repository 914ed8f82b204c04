using System.Runtime.CompilerServices;
using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>What is made ready once for a book and its rotas, and forgotten with them. It changes no answer, only how soon it comes.</summary>
internal sealed class BookTimes
{
    private static readonly ConditionalWeakTable<RotaBook, BookTimes> Ready = [];

    private readonly AwayTimes _away;
    private readonly ConditionalWeakTable<Rota, RotaTimes> _rotas = [];
    private readonly ConditionalWeakTable<Rota, DutyDays> _days = [];

    private BookTimes(RotaBook book) => _away = new AwayTimes(book);

    public static RotaTimes Of(RotaBook book, Rota rota)
    {
        var times = Of(book);
        return times._rotas.TryGetValue(rota, out var known) ? known : times._rotas.GetValue(rota, made => new RotaTimes(made, times._away));
    }

    public static DutyDays DaysOf(RotaBook book, Rota rota)
    {
        var times = Of(book);
        return times._days.TryGetValue(rota, out var known) ? known : times._days.GetValue(rota, made => new DutyDays(book, Of(book, made)));
    }

    /// <param name="until">Until when, at least, the answer stays the same.</param>
    public static bool IsAway(RotaBook book, string adviser, Instant at, out Instant until)
    {
        var steady = new Steady();
        var isAway = Of(book)._away.Of(adviser)?.HoldsAt(at, ref steady) ?? false;
        until = steady.Advisers;
        return isAway;
    }

    private static BookTimes Of(RotaBook book) => Ready.TryGetValue(book, out var known) ? known : Ready.GetValue(book, made => new BookTimes(made));
}
