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
internal sealed class MissedCallRecord(Enquiries enquiries, NpgsqlDataSource source, CurrentBook book, ChainSeal seal, TimeProvider time)
{
    /// <summary>Whom the note stands under.</summary>
    private const string Oncall = "oncall";

    /// <summary>An officer has left a message: it goes with the open enquiry of that number, or with one of its own, for which advisers are rung at once.</summary>
    /// <param name="call">It is over.</param>
    public async Task MessageAsync(TwilioCall call, TwilioRecording message, CancellationToken stop)
    {
        var known = (await enquiries.FindByCallAsync(call.Sid, stop))?.Enquiry;
        if (known is { Recording: not null })
        {
            // It is known, and on its way home.
            return;
        }

        var joined = known is null && await FindOpenAsync(call, stop) is { Recording: null, Stage: not Stage.Closed } open ? open : null;
        var enquiry = known ?? joined ?? await OpenAsync(call);
        var left = new EnquiryEvent.MessageLeft(call.Sid, message.Sid, message.Length);
        EnquiryEvent[] happened = joined is not null ? [left] : [new EnquiryEvent.MenuAnswered(1, null), new EnquiryEvent.MessageAsked(call.Sid), left, new EnquiryEvent.OfficerHungUp(call.Sid)];
        foreach (var one in happened.Append(Note(call)))
        {
            await enquiries.HappenedAsync(enquiry.Id, one);
        }
    }

    /// <summary>An officer has hung up, and nobody had answered: as ever then, the advisers are told. Whose number has an open enquiry, or has called again since, needs no second one.</summary>
    public async Task HungUpAsync(TwilioCall call, CancellationToken stop)
    {
        if (await FindOpenAsync(call, stop) is null)
        {
            var enquiry = await OpenAsync(call);
            await enquiries.HappenedAsync(enquiry.Id, new EnquiryEvent.OfficerHungUp(call.Sid));
            await enquiries.HappenedAsync(enquiry.Id, Note(call));
        }
    }

    private static EnquiryEvent.NoteWritten Note(TwilioCall call) =>
        new($"missed {call.Sid}", Oncall, "no node heard of it when it happened: it was found at Twilio, and written down afterwards");

    /// <summary>Its time is the call's, and it is in the menu: nobody is rung by it yet.</summary>
    private async Task<Enquiry> OpenAsync(TwilioCall call)
    {
        var (line, from, at) = (LineOf(call), CallerId.Read(call.From), call.DateCreated ?? time.GetCurrentInstant());
        var state = ChainState.Unseen(seal.EnquiryOf(call.Sid), line, from, call.Sid, 1, false, at);
        return await enquiries.OpenFromChainAsync(state with { Doubted = new Roster(book.Book).IsBlocked(from, at) || await enquiries.FloodsAsync(from) });
    }

    private PhoneNumber LineOf(TwilioCall call) => book.Book.LineNumberOf(call.To);

    /// <summary>The newest enquiry of that number that is open, or came later than the call. Behind a switchboard it may be another officer's.</summary>
    private async Task<Enquiry?> FindOpenAsync(TwilioCall call, CancellationToken stop)
    {
        if (CallerId.Read(call.From) is not { } from || new Roster(book.Book).IsShared(from))
        {
            return null;
        }

        var at = call.DateCreated ?? time.GetCurrentInstant();
        await using var command = source.CreateCommand(
            "SELECT id FROM enquiries WHERE caller = $1 AND line = $2 AND opened_at > $3 AND (state <> 'closed' OR opened_at > $4) ORDER BY opened_at DESC LIMIT 1");
        command.Parameters.Add(new() { Value = from.Value });
        command.Parameters.Add(new() { Value = LineOf(call).Value });
        command.Parameters.Add(new() { Value = at - Duration.FromDays(1) });
        command.Parameters.Add(new() { Value = at });
        return await command.ExecuteScalarAsync(stop) is Guid id ? (await enquiries.FindAsync(id))?.Enquiry : null;
    }
}
