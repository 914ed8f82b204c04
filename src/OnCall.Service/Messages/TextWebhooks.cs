using Microsoft.EntityFrameworkCore;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Escalation;
using OnCall.Core.Messages;
using OnCall.Core.People;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Outbox;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Messages;

/// <summary>
/// Texts that come in. For now an adviser takes, by <c>1</c>, the enquiry that the adviser was texted about, and closes one by <c>DONE</c>; everybody
/// else is told to call. A text that is delivered twice is answered twice and changes nothing the second time.
/// </summary>
internal sealed class TextWebhooks(Enquiries enquiries, CurrentBook book, IDbContextFactory<OnCallDb> databases, Gate gate, TimeProvider time)
{
    public async Task<IResult> ReceivedAsync(TwilioForm form, CancellationToken stop)
    {
        if (CallerId.Read(form["From"]) is not { CanBeTexted: true } from)
        {
            return Twiml.AnswerText(null);
        }

        var answer = book.Book.Content.Advisers.FirstOrDefault(adviser => adviser.Sms == from || adviser.Phone == from) is { } adviser
            ? await AnswerAsync(adviser, Reply.Read(form["Body"]), stop)
            : Phrases.PleaseCall(book.Book.LineOf(form["To"] ?? ""));
        return Twiml.AnswerText(await gate.RefusalAsync(from, time.GetCurrentInstant(), stop) is null ? answer : null);
    }

    private Task<string> AnswerAsync(Adviser adviser, Reply reply, CancellationToken stop) => reply switch
    {
        Reply.Take => TakeAsync(adviser, stop),
        Reply.Done done => DoneAsync(adviser, done, stop),
        _ => Task.FromResult(Phrases.NotUnderstood),
    };

    private async Task<string> TakeAsync(Adviser adviser, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var texted = db.Set<EnquiryRow>().FromSql($"SELECT * FROM enquiries WHERE document -> 'texted' @> to_jsonb({adviser.Id})").AsNoTracking();
        var owed = await texted.Where(row => row.State == "abandoned" || row.State == "unanswered" || row.State == "voicemail")
            .OrderByDescending(row => row.Priority == "urgent").ThenBy(row => row.OpenedAt).FirstOrDefaultAsync(stop);
        if (owed is not null)
        {
            var taken = (await enquiries.HappenedAsync(owed.Id, new EnquiryEvent.TakenByText(adviser.Id), stop))!;
            return Whose(taken.Ref, taken.AcceptedBy ?? adviser.Id, adviser);
        }

        // The last one to be taken: it may have been taken by this very text, told for the second time.
        var last = await texted.Where(row => row.State == "accepted").OrderByDescending(row => row.AcceptedAt).FirstOrDefaultAsync(stop);
        return last is null ? Phrases.NothingToTake : Whose(last.Ref, last.AcceptedBy!, adviser);
    }

    private string Whose(string shortRef, string by, Adviser asks) =>
        by == asks.Id ? Phrases.YouTookIt(shortRef) : Phrases.HasIt(shortRef, book.Book.Advisers.GetValueOrDefault(by)?.Name ?? by);

    private async Task<string> DoneAsync(Adviser adviser, Reply.Done done, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var row = await db.Set<EnquiryRow>().AsNoTracking()
            .Where(row => row.Ref == done.Ref && row.AcceptedBy == adviser.Id && (row.State == "accepted" || row.State == "closed"))
            .OrderByDescending(row => row.OpenedAt).FirstOrDefaultAsync(stop);
        if (row is null)
        {
            return Phrases.DoneNotFound;
        }

        var (topic, note) = done.Filed(book.Book.Topics);
        var closed = await enquiries.HappenedAsync(row.Id, new EnquiryEvent.Close(adviser.Id, topic, note), stop);
        return Phrases.DoneKept(row.Ref, closed is { Stage: Stage.Closed before } ? before.Outcome : topic);
    }
}
