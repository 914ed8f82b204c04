using NodaTime;
using OnCall.Service.Access;
using OnCall.Service.Rotas;

namespace OnCall.Service.Duty;

/// <summary><c>GET /on-duty</c> and <c>GET /rotas/{id}/duty</c>.</summary>
internal static class DutyEndpoints
{
    private static readonly Duration UsualWindow = Duration.FromDays(28);
    private static readonly Duration LongestWindow = Duration.FromDays(400);

    public static void MapDutyQuestions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/on-duty", OnDuty).RequireAuthorization(Roles.Reader);
        api.MapGet("/rotas/{id}/duty", Timeline).RequireAuthorization(Roles.Reader);
    }

    private static IResult OnDuty(CurrentBook current, TimeProvider time, string? at = null)
    {
        var asked = new Asked(time);
        var instant = asked.Time("at", at, asked.Now);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var book = current.Book;
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
        var start = asked.Time("from", from, asked.Now);
        var end = asked.Time("to", to, start + UsualWindow);
        if (asked.Refusal is null && end <= start)
        {
            asked.Wrong("to", "to must be after from.");
        }
        else if (end - start > LongestWindow)
        {
            asked.Wrong("to", "to must be at most 400 days after from.");
        }

        return asked.Refusal ?? TypedResults.Ok(DutyPeriodsAnswer.Between(book, rota, start, end));
    }

    /// <summary>Reads the times of a question and collects what is wrong with them.</summary>
    private sealed class Asked(TimeProvider time)
    {
        private readonly Dictionary<string, string[]> _wrong = [];

        /// <summary>Read once for the whole question.</summary>
        public Instant Now { get; } = Instant.FromDateTimeOffset(time.GetUtcNow());

        public IResult? Refusal => _wrong.Count == 0 ? null : TypedResults.ValidationProblem(_wrong);

        public void Wrong(string name, string sentence) => _wrong.TryAdd(name, [sentence]);

        public Instant Time(string name, string? text, Instant otherwise)
        {
            if (string.IsNullOrEmpty(text))
            {
                return otherwise;
            }

            if (AskedTime.Parse(text) is { } instant)
            {
                return instant;
            }

            Wrong(name, $"{name} takes {AskedTime.Takes}.");
            return otherwise;
        }
    }
}
