using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Schedule;
using OnCall.Core.Tests.Duty;

namespace OnCall.Core.Tests.Schedule;

/// <summary>The hand-overs of a rota, and of changes of the book, in text.</summary>
internal static class WatchedRota
{
    public const string Weekly = """{ "name": "weekly", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a", "b", "c"] } }""";

    public static readonly GivenRota Usual = GivenRota.In("Europe/London", Weekly);

    /// <summary>The hand-overs of (from, through] as <c>30 09:00+0: a to b</c>: day of the month, time, offset; who before, who after.</summary>
    public static IReadOnlyList<string> Handovers(this GivenRota rota, string from, string through, params (string From, RotaBook Book)[] changes)
    {
        var books = changes.Select(change => new BookInForce(GivenRota.Time(change.From), change.Book)).Prepend(new BookInForce(GivenRota.Time(from), rota.Book));
        return [.. HandoverWatch.Between([.. books], GivenRota.Time(through)).Select(rota.Show)];
    }

    private static string Show(this GivenRota rota, Handover handover) =>
        $"{rota.Show(handover.At)}: {string.Join(' ', handover.Before)} to {string.Join(' ', handover.After)}";
}
