using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Outbox;
using OnCall.Service.Rotas;

namespace OnCall.Service.Escalation;

/// <summary>Tells Core what happened, and saves what it decides. Two who tell of the same enquiry at once are decided one after the other: the row's version is the lock.</summary>
internal sealed class Enquiries(EnquiryStore store, CurrentBook book, TimeProvider time, Work work, OutboxStore outbox)
{
    /// <summary>From so many open enquiries on, refs have five digits.</summary>
    private const int ManyOpen = 3000;

    private static readonly Duration RefsRest = Duration.FromDays(90);
    private static readonly Duration TextsJoinFor = Duration.FromDays(30);
    private static readonly Duration CountEvery = Duration.FromSeconds(10);
    private Count? _openCounted;

    public Task<Loaded?> FindAsync(Guid id, CancellationToken stop) => store.LoadAsync(id);

    public Task<Loaded?> FindByCallAsync(string callSid, CancellationToken stop) => store.LoadByCallAsync(callSid, stop);

    /// <summary>The open enquiry with which a call from its number may go on; null = there is none, or the call has its enquiry already.</summary>
    public async Task<Enquiry?> FindToJoinAsync(PhoneNumber line, PhoneNumber from, string callSid, CancellationToken stop)
    {
        var now = time.GetCurrentInstant();
        var open = await store.LoadOpenOfAsync(new Again(line, from, callSid, now - Duration.FromDays(1)));
        return open.Select(loaded => loaded.Enquiry).FirstOrDefault(enquiry => Escalator.MayBeJoined(enquiry, now));
    }

    /// <summary>The open enquiry with which a text from its number goes on, the newest; null = there is none, or the text has its enquiry already.</summary>
    public async Task<Enquiry?> FindToTextAsync(PhoneNumber line, PhoneNumber from, string message, CancellationToken stop)
    {
        var now = time.GetCurrentInstant();
        var open = await store.LoadOpenOfAsync(new Again(line, from, message, now - TextsJoinFor));
        return open.Select(loaded => loaded.Enquiry).FirstOrDefault(enquiry => Escalator.MayBeTexted(enquiry, now));
    }

    /// <summary>The enquiry of a call that comes in; the one it has already, if this is told for the second time.</summary>
    public Task<Enquiry> OpenAsync(PhoneNumber line, PhoneNumber? from, string callSid, CancellationToken stop) =>
        OpenAsync((id, shortRef, now) => Escalator.Open(id, shortRef, line, from, callSid, new Roster(book.Book), now), callSid, stop);

    /// <summary>The enquiry of a text that comes in; the one it has already, if this is told for the second time.</summary>
    public Task<Enquiry> OpenByTextAsync(PhoneNumber line, PhoneNumber from, string message, string words, CancellationToken stop) =>
        OpenAsync((id, shortRef, now) => Escalator.OpenByText(id, shortRef, line, from, message, words, new Roster(book.Book), now), message, stop);

    /// <param name="sid">Twilio's name of the call or the text that opens it.</param>
    private async Task<Enquiry> OpenAsync(Func<Guid, string, Instant, Decision> open, string sid, CancellationToken stop)
    {
        var now = time.GetCurrentInstant();
        var digits = await ManyAreOpenAsync(now, stop) ? 5 : 4;
        for (var attempt = 1; ; attempt++)
        {
            var opened = open(Guid.NewGuid(), NewRef(attempt > 20 ? 5 : digits), now);
            try
            {
                if (await store.InsertAsync(new Opening(opened, now - RefsRest)))
                {
                    work.Tell(opened);
                    return opened.Next;
                }
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation && e.ConstraintName == EnquiryStore.LegKey)
            {
                return (await store.LoadByCallAsync(sid, stop))!.Enquiry;
            }
        }
    }

    /// <summary>Something happened to an enquiry.</summary>
    /// <param name="completes">The outbox row whose outcome it is: it is deleted with what follows.</param>
    /// <param name="seen">The enquiry as it was read a moment ago; null = it is read first.</param>
    /// <returns>The enquiry as it is afterwards; null = there is none of that id.</returns>
    public async Task<Enquiry?> HappenedAsync(Guid id, EnquiryEvent happened, CancellationToken stop, long? completes = null, Loaded? seen = null)
    {
        while (true)
        {
            if ((seen ?? await store.LoadAsync(id)) is not { } loaded)
            {
                return null;
            }

            seen = null;

            var decision = Escalator.Decide(loaded.Enquiry, happened, new Roster(book.Book), time.GetCurrentInstant());
            if (ChangesNothing(loaded.Enquiry, decision))
            {
                if (completes is { } row)
                {
                    await outbox.DeleteAsync(row);
                }

                return loaded.Enquiry;
            }

            if (await store.SaveAsync(new Change(loaded, decision, completes)))
            {
                work.Tell(decision);
                return decision.Next;
            }
        }
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

    private static bool ChangesNothing(Enquiry before, Decision decision) =>
        decision.Effects.Count == 0 && decision.Timeline.Count == 0 && decision.Next == before;

    private static string NewRef(int digits)
    {
        var least = (int)Math.Pow(10, digits - 1);
        return System.Security.Cryptography.RandomNumberGenerator.GetInt32(least, least * 10).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed record Count(Instant At, bool Many);
}
