using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Schedule;

/// <summary>What the people of a hand-over are told: who comes on duty until when and after whom, who goes off duty who has it now. Who stays is told nothing.</summary>
public static class HandoverNotices
{
    /// <param name="book">The book that is in force from the hand-over on.</param>
    /// <returns>One for each who comes, then one for each who goes.</returns>
    public static IReadOnlyList<Notice> Of(RotaBook book, Handover handover)
    {
        var from = Senders.LineOf(book, [handover.Rota.Id]);
        var until = DutyTimeline.At(book, handover.Rota, handover.At).Advisers.ToDictionary(on => on.Id, on => on.Until);
        return
        [
            .. handover.Incoming.Select(adviser => Tell(adviser, to => Phrases.OnDuty(to, handover.Rota.Name, Show(until[adviser], handover.Rota, to), Names(handover.Outgoing)))),
            .. handover.Outgoing.Select(adviser => Tell(adviser, to => Phrases.OffDuty(to, handover.Rota.Name, Names(handover.After)))),
        ];

        Notice Tell(string adviser, Func<Language, string> body) => book.Advisers.TryGetValue(adviser, out var known)
            ? Notice.Of(adviser, known.Sms, from, body(known.Language))
            : new Notice.LeftOut(adviser, "is no longer in the book");

        List<string> Names(IEnumerable<string> advisers) => [.. advisers.Select(adviser => book.Advisers.GetValueOrDefault(adviser)?.Name ?? adviser)];
    }

    private static string? Show(Instant? until, Rota rota, Language to) => until is { } end ? WallClock.Show(end, rota.Zone, to) : null;
}
