using OnCall.Service.Access;
using OnCall.Service.Rotas;

namespace OnCall.Service.Duty;

/// <summary><c>GET /on-duty</c> and <c>GET /rotas/{id}/duty</c>.</summary>
internal static class DutyEndpoints
{
    public static void MapDutyQuestions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/on-duty", OnDutyAsync).RequireAuthorization(Roles.Reader);
        api.MapGet("/rotas/{id}/duty", Timeline).RequireAuthorization(Roles.Reader);
        WarningsAnswer.MapWarnings(api);
    }

    /// <summary>What is past is looked up in the revision that was in force then; what lies before the first one, in today's.</summary>
    private static async Task<IResult> OnDutyAsync(BookStore store, CurrentBook current, TimeProvider time, CancellationToken stop, string? at = null)
    {
        var asked = new Asked(time);
        var instant = asked.Time("at", at, asked.Now);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var book = (instant < asked.Now ? await store.LoadInForceAsync(instant, stop) : null) ?? current.Book;
        return TypedResults.Ok(book.Content.Rotas.Select(rota => OnDutyAnswer.At(book, rota, instant)));
    }

    private static IResult Timeline(CurrentBook current, TimeProvider time, string id, string? from = null, string? to = null)
    {
        var book = current.Book;
        if (!book.Rotas.TryGetValue(id, out var rota))
        {
            return TypedResults.Problem("There is no rota with this id.", statusCode: StatusCodes.Status404NotFound);
        }

        var asked = new Asked(time);
        var (start, end) = asked.Window(from, to);
        return asked.Refusal ?? TypedResults.Ok(DutyPeriodsAnswer.Between(book, rota, start, end));
    }
}
