using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Schedule;

/// <summary>What the coordinators are told in the morning: where advisers are missing in the days to come. Who has no gap is told nothing.</summary>
public static class GapNotices
{
    private static readonly Duration LookAhead = Duration.FromDays(14);

    public static IReadOnlyList<Notice> Of(RotaBook book, Instant now) => [.. book.Coordinators.Select(coordinator => Of(book, coordinator, now)).OfType<Notice>()];

    private static Notice? Of(RotaBook book, Coordinator coordinator, Instant now)
    {
        var rotas = RotasOf(book, coordinator);
        var gaps = rotas.SelectMany(rota => DutyTimeline.Between(book, rota, now, now + LookAhead).Gaps, (rota, gap) => (Rota: rota, Gap: gap))
            .OrderBy(pair => pair.Gap.Start)
            .Select(pair => (pair.Rota.Name, WallClock.Show(pair.Gap.Start, pair.Gap.End, pair.Rota.Zone, Language.English)))
            .ToList();
        return gaps.Count == 0
            ? null
            : Notice.Of(coordinator.Id, coordinator.Phone, Senders.LineOf(book, [.. rotas.Select(rota => rota.Id)]), Phrases.Gaps(Language.English, LookAhead.Days, gaps));
    }

    private static List<Rota> RotasOf(RotaBook book, Coordinator coordinator) => coordinator.Desks.Count == 0
        ? [.. book.Content.Rotas]
        : [.. coordinator.Desks.SelectMany(desk => Senders.RotasOf(book, desk)).DistinctBy(rota => rota.Id)];
}
