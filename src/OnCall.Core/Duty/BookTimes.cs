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

    private BookTimes(RotaBook book) => _away = new AwayTimes(book);

    public static RotaTimes Of(RotaBook book, Rota rota)
    {
        var times = Ready.GetValue(book, made => new BookTimes(made));
        return times._rotas.GetValue(rota, made => new RotaTimes(made, times._away));
    }

    /// <param name="until">Until when, at least, the answer stays the same.</param>
    public static bool IsAway(RotaBook book, string adviser, Instant at, out Instant until)
    {
        var steady = new Steady();
        var isAway = Ready.GetValue(book, made => new BookTimes(made))._away.IsAway(adviser, at, ref steady);
        until = steady.Advisers;
        return isAway;
    }
}
