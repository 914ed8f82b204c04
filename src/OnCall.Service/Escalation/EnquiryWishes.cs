using Microsoft.EntityFrameworkCore;
using OnCall.Core.Escalation;
using OnCall.Core.Schedule;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Service.Duty;
using OnCall.Service.Rotas;

namespace OnCall.Service.Escalation;

/// <summary>What coordinators do with an enquiry over the API: close it, pass it on, write a note. Each is answered with the enquiry as it is then, and written down with the change itself; one that changed nothing, as a reading.</summary>
internal sealed class EnquiryWishes(IDbContextFactory<OnCallDb> databases, Enquiries enquiries, EnquiryReadings readings, CurrentBook book, TimeProvider time)
{
    /// <summary>Tells of a wish, if the enquiry is there.</summary>
    /// <param name="key">The enquiry's ref or id.</param>
    /// <param name="wish">Makes the event of the wish's name.</param>
    /// <param name="whyNot">Says of the enquiry as it is afterwards why it could not be done; null = it was done.</param>
    public async Task<IResult> DoAsync(string key, HttpContext http, Func<string, EnquiryEvent> wish, Func<Enquiry, string, string?> whyNot, CancellationToken stop)
    {
        var asked = new Asked(time);
        var request = RequestName.Of(http, asked) ?? Guid.NewGuid().ToString("N");
        var condition = new Precondition(http);
        condition.Check(asked);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        if (await EnquiryEndpoints.FindAsync(db, key, stop) is not { } row)
        {
            return EnquiryEndpoints.NotThere(key);
        }

        var origin = Origin.Of(http);
        IResult? refused = null;
        Enquiry? before = null;
        var isShown = false;
        async Task<bool> MayAsync(Enquiry enquiry)
        {
            before = enquiry;

            // A repeat is answered as the first time, though the enquiry may have been passed on to another desk by it.
            if (enquiry.Requests.Contains(request))
            {
                return true;
            }

            if (origin.Remit is { } remit && !remit.HasDesk(enquiry.Desk))
            {
                refused = OutOf(remit, enquiry).Answer();
            }
            else if (condition.SaysWhatWasSeen && await ViewAsync(db, row.Id, http, stop) is var seen && !condition.IsSeen(seen.Tag))
            {
                (refused, isShown) = (Precondition.Stale("the enquiry", seen.Json), true);
            }

            return refused is null;
        }

        var after = await enquiries.HappenedAsync(row.Id, wish(request), by: origin, may: MayAsync);
        if (isShown)
        {
            await readings.NoteAsync(origin, [row], query: null, stop);
        }

        if (after is null)
        {
            return refused ?? EnquiryEndpoints.NotThere(key);
        }

        if (whyNot(after, request) is { } reason)
        {
            return Results.Problem(reason, statusCode: StatusCodes.Status409Conflict);
        }

        if (ReferenceEquals(after, before))
        {
            await readings.NoteAsync(origin, [row], query: null, stop);
        }

        var view = await ViewAsync(db, row.Id, http, stop);
        http.Response.Headers.ETag = view.Tag;
        return Results.Ok(view);
    }

    private static OutOfRemit OutOf(Remit remit, Enquiry enquiry) =>
        new(remit, [enquiry.Desk is { } desk ? $"enquiry {enquiry.Ref}: it belongs to desk {desk}" : $"enquiry {enquiry.Ref}: it has no desk yet"]);

    private async Task<EnquiryView> ViewAsync(OnCallDb db, Guid id, HttpContext http, CancellationToken stop)
    {
        var now = await db.Set<EnquiryRow>().AsNoTracking().SingleAsync(row => row.Id == id, stop);
        return (await EnquiryEndpoints.ViewsAsync(db, [now], book.Book, Roles.SeesAll(http.User), stop))[0];
    }
}
