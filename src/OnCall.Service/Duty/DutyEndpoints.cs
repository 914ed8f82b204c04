using OnCall.Core.Duty;
using OnCall.Service.Access;
using OnCall.Service.OpenApi;
using OnCall.Service.Rotas;

namespace OnCall.Service.Duty;

/// <summary><c>GET /on-duty</c> and <c>GET /rotas/{id}/duty</c>.</summary>
internal static class DutyEndpoints
{
    public static void MapDutyQuestions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/on-duty", OnDutyAsync).RequireAuthorization(Roles.Reader).Tell("Duty", new ApiNote("getOnDuty", "Who is on duty in every rota at an instant, and what comes next")
        {
            Details = "The past is told by the revision that was in force then.",
            Answer = new ApiContent.Of(typeof(IEnumerable<OnDutyAnswer>)),
        });
        api.MapGet("/rotas/{id}/duty", TimelineAsync).RequireAuthorization(Roles.Reader).Tell("Duty", new ApiNote("getDuty", "A rota's timeline: who is on duty when, why, and where somebody is missing")
        {
            Details = "Left out, `from` and `to` are now and 28 days later; at most 400 days.",
            Answer = new ApiContent.Of(typeof(DutyPeriodsAnswer)),
        });
        WarningsAnswer.MapWarnings(api);
    }

    private static async Task<IResult> OnDutyAsync(BookStore store, TimeProvider time, CancellationToken stop, string? at = null)
    {
        var asked = new Asked(time);
        var instant = asked.Time("at", at, asked.Now);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var book = await store.LoadDecidingAsync(instant, asked.Now, stop);
        return TypedResults.Ok(book.Content.Rotas.Select(rota => OnDutyAnswer.At(book, rota, instant)));
    }

    /// <summary>The past is pieced together of the revisions that were in force, the future is today's.</summary>
    private static async Task<IResult> TimelineAsync(
        BookStore store, CurrentBook current, TimeProvider time, string id, CancellationToken stop, string? from = null, string? to = null)
    {
        var asked = new Asked(time);
        var (start, end) = asked.Window(from, to);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var books = start < asked.Now ? await store.LoadHistoryAsync(id, start, end, current.Book, stop) : [new BookInForce(start, current.Book)];
        if (books is null)
        {
            asked.Wrong("to", $"the rota was decided by more than {BookStore.MostInHistory} revisions in that time; ask for a shorter one.");
            return asked.Refusal!;
        }

        asked.CheckTurns(books, id, start, end);
        var history = new DutyHistory(books, id);
        return asked.Refusal ?? ((history.Rota ?? current.Book.Rotas.GetValueOrDefault(id)) is { } rota
            ? TypedResults.Ok(DutyPeriodsAnswer.Between(history, rota.Zone, start, end))
            : TypedResults.Problem("There is no rota with this id.", statusCode: StatusCodes.Status404NotFound));
    }
}
