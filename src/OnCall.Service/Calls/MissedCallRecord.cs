using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Chain;
using OnCall.Service.Escalation;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Calls;

/// <summary>Writes down, afterwards, a call that no node answered, and has its officer called back.</summary>
internal sealed class MissedCallRecord(Enquiries enquiries, Recordings recordings, NpgsqlDataSource source, CurrentBook book, ChainSeal seal, TimeProvider time)
{
    /// <summary>Whom the note stands under.</summary>
    private const string Oncall = "oncall";

    /// <summary>So many enquiries of one number, the newest, are looked at.</summary>
    private const int Most = 20;

    /// <summary>An officer has left a message: it goes with the open enquiry of that number, or with one of its own, for which advisers are rung at once.</summary>
    /// <param name="call">It is over.</param>
    public async Task MessageAsync(TwilioCall call, TwilioRecording message, CancellationToken stop)
    {
        var known = (await enquiries.FindByCallAsync(call.Sid, stop))?.Enquiry;
        if (known is { Recording: not null } or { Stage: Stage.Closed })
        {
            if (known.Recording != message.Sid)
            {
                await recordings.KeepAnotherAsync(known, message.Sid, message.Length);
            }

            return;
        }

        var joined = known is null ? (await FindAllAsync(call, stop)).FirstOrDefault(enquiry => enquiry.Recording == message.Sid || enquiry is { Recording: null, Stage: Stage.Menu or Stage.Paging or Stage.Owed }) : null;
        var enquiry = known ?? joined ?? await OpenAsync(call);
        var left = new EnquiryEvent.MessageLeft(call.Sid, message.Sid, message.Length);
        EnquiryEvent[] happened = joined is not null ? [left] : known?.Stage is Stage.Accepted ? [new EnquiryEvent.OfficerHungUp(call.Sid), left] : [new EnquiryEvent.MenuAnswered(call.Sid, 1, null), new EnquiryEvent.MessageAsked(call.Sid), new EnquiryEvent.OfficerHungUp(call.Sid), left];
        foreach (var one in happened.Append(Note(call)))
        {
            await enquiries.HappenedAsync(enquiry.Id, one);
        }
    }

    /// <summary>An officer has hung up, and nobody had answered: as ever then, the advisers are told. Who has called again since needs nothing; whose number has an open enquiry, no second one.</summary>
    public async Task HungUpAsync(TwilioCall call, CancellationToken stop)
    {
        var (all, at) = (await FindAllAsync(call, stop), At(call));
        if (all.Any(enquiry => enquiry.OpenedAt > at))
        {
            return;
        }

        var known = all.FirstOrDefault(enquiry => GoesOnWith(enquiry, at));
        var enquiry = known ?? await OpenAsync(call);
        await enquiries.HappenedAsync(enquiry.Id, known is null ? new EnquiryEvent.OfficerHungUp(call.Sid) : new EnquiryEvent.OfficerCalledInVain(call.Sid, at));
        await enquiries.HappenedAsync(enquiry.Id, Note(call));
    }

    /// <summary>One that somebody has is another matter after a while, as if a node had answered; but whose officer was on the line since has been heard.</summary>
    private bool GoesOnWith(Enquiry enquiry, Instant at) =>
        enquiry.Stage is Stage.Menu or Stage.Paging or Stage.Owed || enquiry.OfficerCall is not null || enquiry.OfficerLeftAt >= at || Escalator.MayBeJoined(enquiry, new Roster(book.Book), at);

    private static EnquiryEvent.NoteWritten Note(TwilioCall call) =>
        new($"missed {call.Sid}", Oncall, "no node heard of it when it happened: it was found at Twilio, and written down afterwards");

    /// <summary>Its time is the call's, and it is in the menu: nobody is rung by it yet.</summary>
    private async Task<Enquiry> OpenAsync(TwilioCall call)
    {
        var (line, from, at) = (LineOf(call), OfficerOf(call), At(call));
        var state = ChainState.Unseen(seal.EnquiryOf(call.Sid), line, from, call.Sid, 1, false, at);
        return await enquiries.OpenFromChainAsync(state with { Doubted = new Roster(book.Book).IsBlocked(from, at) || await enquiries.FloodsAsync(line, from, call.Sid) });
    }

    private Instant At(TwilioCall call) => call.DateCreated ?? time.GetCurrentInstant();

    private PhoneNumber LineOf(TwilioCall call) => book.Book.LineNumberOf(call.IsInbound ? call.To : call.From);

    private static PhoneNumber? OfficerOf(TwilioCall call) => CallerId.Read(call.IsInbound ? call.From : call.To);

    /// <summary>The enquiries of that number from a day before the call on, the newest first. Behind a switchboard they may be other officers'.</summary>
    private async Task<IReadOnlyList<Enquiry>> FindAllAsync(TwilioCall call, CancellationToken stop)
    {
        if (OfficerOf(call) is not { } from || new Roster(book.Book).IsShared(from))
        {
            return [];
        }

        await using var command = source.CreateCommand("SELECT id FROM enquiries WHERE caller = $1 AND line = $2 AND opened_at > $3 ORDER BY opened_at DESC LIMIT $4");
        command.Parameters.Add(new() { Value = from.Value });
        command.Parameters.Add(new() { Value = LineOf(call).Value });
        command.Parameters.Add(new() { Value = At(call) - Duration.FromDays(1) });
        command.Parameters.Add(new() { Value = Most });
        var ids = new List<Guid>();
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop))
            {
                ids.Add(reader.GetGuid(0));
            }
        }

        var found = await Task.WhenAll(ids.Select(enquiries.FindAsync));
        return [.. found.OfType<Loaded>().Select(loaded => loaded.Enquiry)];
    }
}
