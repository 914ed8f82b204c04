using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Audit;
using OnCall.Service.Ops;
using OnCall.Service.Outbox;
using OnCall.Service.Rotas;

namespace OnCall.Service.Escalation;

/// <summary>Tells Core what happened, and saves what it decides. Two who tell of the same enquiry at once are decided one after the other: the row's version is the lock.</summary>
internal sealed class Enquiries(EnquiryStore store, CurrentBook book, TimeProvider time, Work work, OutboxStore outbox, Quarantine quarantine, OnCallSettings settings)
{
    /// <summary>From so many open enquiries on, refs have five digits.</summary>
    private const int ManyOpen = 3000;

    private static readonly Duration RefsRest = Duration.FromDays(90);
    private static readonly Duration TextsJoinFor = Duration.FromDays(30);
    private static readonly Duration CountEvery = Duration.FromSeconds(10);
    private Count? _openCounted;

    public Task<Loaded?> FindAsync(Guid id) => store.LoadAsync(id);

    /// <summary>The enquiry of an effect, no older than when that was claimed.</summary>
    public async Task<Loaded?> FindAsync(Claimed claimed) => store.Remembered(claimed.EnquiryId) is { } known && known.Version == claimed.Version ? known : await FindAsync(claimed.EnquiryId);

    /// <summary>What this node saw of it last, for when the database is away; null = it does not remember it. It may be a moment old.</summary>
    public Enquiry? Remembered(Guid id) => store.Remembered(id)?.Enquiry;

    public Task<Loaded?> FindByCallAsync(string callSid, CancellationToken stop) => store.LoadByCallAsync(callSid, stop);

    /// <summary>The open enquiry with which a call from its number may go on; null = there is none, or the call has its enquiry already. And whether the number <see cref="FloodsAsync">floods</see>.</summary>
    public async Task<(Enquiry? Open, bool Floods)> FindToJoinAsync(PhoneNumber line, PhoneNumber from, string callSid)
    {
        var now = time.GetCurrentInstant();
        var history = await HistoryAsync(line, from, callSid, now, Duration.FromDays(1));
        var roster = new Roster(book.Book);
        return (history.Open.Select(loaded => loaded.Enquiry).FirstOrDefault(enquiry => Escalator.MayBeJoined(enquiry, roster, now)), MayFlood(from) && history.Floods);
    }

    /// <summary>The open enquiry with which a text from its number goes on, the newest; null = there is none, or the text has its enquiry already.</summary>
    public async Task<Enquiry?> FindToTextAsync(PhoneNumber line, PhoneNumber from, string message)
    {
        var now = time.GetCurrentInstant();
        var history = await HistoryAsync(line, from, message, now, TextsJoinFor);
        return history.Open.Select(loaded => loaded.Enquiry).FirstOrDefault(enquiry => Escalator.MayBeTexted(enquiry, now));
    }

    /// <summary>The enquiry of a call that comes in; the one it has already, if this is told for the second time.</summary>
    /// <param name="floods">Whether its number <see cref="FloodsAsync">floods</see>.</param>
    public Task<Enquiry> OpenAsync(PhoneNumber line, PhoneNumber? from, string callSid, bool floods, CancellationToken stop) =>
        OpenAsync((id, shortRef, now, roster) => Escalator.Open(id, shortRef, line, from, callSid, roster, now, floods, IsOutOfReach(from)), callSid, stop);

    /// <summary>The enquiry of a text that comes in; the one it has already, if this is told for the second time.</summary>
    public async Task<Enquiry> OpenByTextAsync(PhoneNumber line, PhoneNumber from, string message, string words, bool asksForCall, CancellationToken stop)
    {
        var flooding = await FloodsAsync(line, from, message);
        return await OpenAsync((id, shortRef, now, roster) => Escalator.OpenByText(id, shortRef, line, from, message, words, roster, now, asksForCall, flooding, IsOutOfReach(from)), message, stop);
    }

    /// <summary>The enquiry of a call that came in while the database was away.</summary>
    public Task<Enquiry> OpenFromChainAsync(ChainState state) =>
        OpenAsync((_, shortRef, now, roster) => ChainOpening.Open(state, shortRef, roster, now, IsOutOfReach(state.From)), state.OfficerCall, CancellationToken.None);

    private bool IsOutOfReach(PhoneNumber? from) => from is not null && !settings.AllowedDestinations.Allows(from.Value);

    /// <param name="sid">Twilio's name of the call or the text that opens it.</param>
    private async Task<Enquiry> OpenAsync(Func<Guid, string, Instant, Roster, Decision> open, string sid, CancellationToken stop)
    {
        var now = time.GetCurrentInstant();
        var digits = await ManyAreOpenAsync(now, stop) ? 5 : 4;
        for (var attempt = 1; ; attempt++)
        {
            var (id, shortRef) = (Guid.NewGuid(), NewRef(attempt > 20 ? 5 : digits));
            var opened = await DecidedAsync(id, roster => open(id, shortRef, now, roster));
            try
            {
                if (await store.InsertAsync(new Opening(new Change(null, opened, null), now - RefsRest)))
                {
                    work.Tell(opened);
                    return opened.Next;
                }
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation && e.ConstraintName is EnquiryStore.LegKey or EnquiryStore.IdKey)
            {
                return (await store.LoadByCallAsync(sid, stop))!.Enquiry;
            }
        }
    }

    /// <summary>Whether a number that no force lists, and that is nobody's of ours, has called, or opened enquiries by text, too often of late.</summary>
    public async Task<bool> FloodsAsync(PhoneNumber line, PhoneNumber? from, string sid) =>
        from is not null && MayFlood(from) && (await HistoryAsync(line, from, sid, time.GetCurrentInstant(), Duration.Zero)).Floods;

    private bool MayFlood(PhoneNumber from) => book.Book.Force(from.Value) is null && !book.Book.IsOurs(from);

    private Task<History> HistoryAsync(PhoneNumber line, PhoneNumber from, string sid, Instant now, Duration joins) =>
        store.HistoryAsync(new Again(line, from, sid, now - joins, now - Escalator.FloodWithin));

    /// <summary>Something happened to an enquiry. It cannot be called off: what is told will be decided and saved.</summary>
    /// <param name="completes">The outbox row whose outcome it is: it is deleted with what follows.</param>
    /// <param name="seen">The enquiry as it was read a moment ago; what this node remembers goes before it if it is newer. Null = it is read, where this node remembers nothing.</param>
    /// <param name="by">Who asked for it over the API: it stands in the audit if it changes anything. Null = it happened on the telephone, and the timeline tells of it.</param>
    /// <param name="may">Asked of the enquiry as it is stored, each time before it is decided: what changes meanwhile is asked about again. False = it stays as it is. Null = it may.</param>
    /// <returns>The enquiry as it is afterwards; null = there is none of that id, or it may not.</returns>
    public async Task<Enquiry?> HappenedAsync(
        Guid id, EnquiryEvent happened, long? completes = null, Loaded? seen = null, Origin? by = null, Func<Enquiry, Task<bool>>? may = null)
    {
        for (var first = true; ; first = false)
        {
            await store.SettledAsync(id);
            var remembered = first && may is null && store.Remembered(id) is { } known && (seen is null || known.Version > seen.Version) ? known : null;
            if ((remembered ?? seen ?? await store.LoadAsync(id)) is not { } loaded)
            {
                return null;
            }

            if (remembered is not null && completes is null && IsKnown(loaded.Enquiry, happened))
            {
                return loaded.Enquiry;
            }

            seen = null;
            if (may is not null && !await may(loaded.Enquiry))
            {
                return null;
            }

            var now = time.GetCurrentInstant();
            var decision = await DecidedAsync(id, roster => Escalator.Decide(loaded.Enquiry, happened, roster, now));
            if (ChangesNothing(loaded.Enquiry, decision))
            {
                if (remembered is not null)
                {
                    // What this node remembers may be older than what is stored, which is read then.
                    continue;
                }

                if (completes is { } row)
                {
                    await outbox.DeleteAsync(row);
                }

                return loaded.Enquiry;
            }

            if (await store.SaveAsync(new Change(loaded, decision, completes, by is null ? null : EnquiryAlteration.Entry(by, loaded.Enquiry, decision))))
            {
                work.Tell(decision);
                return decision.Next;
            }
        }
    }

    /// <summary>The advisers who are busy with another enquiry than this one.</summary>
    public Task<IReadOnlySet<string>> BusyElsewhereAsync(Guid id) => store.EngagedElsewhereAsync(id);

    /// <summary>A decision that rings somebody is made once more, knowing who is busy with another enquiry; all others need not ask for that.</summary>
    private async Task<Decision> DecidedAsync(Guid id, Func<Roster, Decision> decide)
    {
        var untextable = (await quarantine.KnownAsync(CancellationToken.None)).At(time.GetCurrentInstant());
        var decision = decide(new Roster(book.Book, untextable: untextable));
        return decision.Rings && await store.EngagedElsewhereAsync(id) is { Count: > 0 } busy ? decide(new Roster(book.Book, busy, untextable)) : decision;
    }

    /// <summary>Looked at every ten seconds: a ref of four digits too many does no harm.</summary>
    private async Task<bool> ManyAreOpenAsync(Instant now, CancellationToken stop)
    {
        if (_openCounted is not { } counted || now - counted.At > CountEvery)
        {
            _openCounted = counted = new Count(now, await store.OpenRefsAsync(ManyOpen, stop) >= ManyOpen);
        }

        return counted.Many;
    }

    /// <summary>A page keeps the call that it has: that it was placed, and how it goes, tells nothing new, however old what is remembered may be.</summary>
    private static bool IsKnown(Enquiry enquiry, EnquiryEvent happened) =>
        happened is EnquiryEvent.PagePlaced placed && enquiry.Pages.Any(page => page.Id == placed.Page && page.CallSid == placed.CallSid);

    private static bool ChangesNothing(Enquiry before, Decision decision) =>
        decision.Effects.Count == 0 && decision.Timeline.Count == 0 && decision.Next == before;

    private static string NewRef(int digits)
    {
        var least = (int)Math.Pow(10, digits - 1);
        return System.Security.Cryptography.RandomNumberGenerator.GetInt32(least, least * 10).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed record Count(Instant At, bool Many);
}
