using NodaTime.Extensions;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.OpenApi;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Calendars;

/// <summary>Calendars that people's own calendar programs read, each at a secret address that can be renewed.</summary>
internal static class CalendarsRoom
{
    private const string Feed = "/calendars/";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void AddCalendars(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CalendarStore>();
        builder.Services.AddSingleton<KnownDuty>();
        builder.Services.AddSingleton<CalendarFeed>();
    }

    public static void MapCalendars(this IEndpointRouteBuilder app)
    {
        // The secret in the address is the permission: calendar programs send no key.
        app.MapMethods($"{Feed}{{secret}}.ics", Reading, (CalendarFeed feed, HttpContext http, string secret, CancellationToken stop) => feed.AnswerAsync(http, secret, stop))
            .AllowAnonymous().ExcludeFromDescription();

        var api = app.MapGroup("/api/v1").RequireAuthorization(Roles.Coordinator).AddEndpointFilter(Precondition.WithoutTagAsync);
        Map(api, "/rotas/{id}/calendar", "Rota", id => new CalendarSubject.OfRota(id));
        Map(api, "/advisers/{id}/calendar", "Adviser", id => new CalendarSubject.OfAdviser(id));
    }

    private static void Map(RouteGroupBuilder api, string path, string of, Func<string, CalendarSubject> subject)
    {
        api.MapPost(path, (HttpContext http, CalendarStore store, CurrentBook current, OnCallSettings settings, TimeProvider time, string id, CancellationToken stop) =>
            RenewAsync(http, store, current, settings, time, subject(id), stop)).Tell("Calendars", new ApiNote($"renew{of}Calendar", "Makes a new secret address of a calendar")
            {
                Details = "Whoever has the address reads the calendar (iCalendar, without a key). The one before ends.",
                Status = StatusCodes.Status201Created,
                Answer = new ApiContent.Of(typeof(CalendarAnswer)),
            });
        api.MapDelete(path, (HttpContext http, CalendarStore store, CurrentBook current, TimeProvider time, string id, CancellationToken stop) => EndAsync(http, store, current, time, subject(id), stop))
            .Tell("Calendars", new ApiNote($"end{of}Calendar", "Ends the address of a calendar") { Status = StatusCodes.Status204NoContent });
    }

    private static async Task<IResult> RenewAsync(
        HttpContext http, CalendarStore store, CurrentBook current, OnCallSettings settings, TimeProvider time, CalendarSubject subject, CancellationToken stop)
    {
        if (!subject.IsIn(current.Book))
        {
            return TypedResults.Problem($"There is no {subject.Kind} with this id.", statusCode: StatusCodes.Status404NotFound);
        }

        if (Outside(http, subject, current, time) is { } outside)
        {
            return outside.Answer();
        }

        var secret = await store.RenewAsync(subject, Origin.Of(http), stop);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created((string?)null, new CalendarAnswer($"{settings.PublicUrl}{Feed}{secret}.ics"));
    }

    private static async Task<IResult> EndAsync(HttpContext http, CalendarStore store, CurrentBook current, TimeProvider time, CalendarSubject subject, CancellationToken stop) =>
        Outside(http, subject, current, time) is { } outside ? outside.Answer()
        : await store.EndAsync(subject, Origin.Of(http), stop)
            ? TypedResults.NoContent()
            : TypedResults.Problem($"There is no calendar of a {subject.Kind} with this id.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>A new address ends the one before: that is for those who may change the rota or the adviser.</summary>
    private static OutOfRemit? Outside(HttpContext http, CalendarSubject subject, CurrentBook current, TimeProvider time) =>
        OutOfRemit.Of(Caller.RemitOf(http.User), current.Book, new BookItem(subject.Kind, subject.Id), time.GetCurrentInstant());
}

/// <param name="Address">Where the calendar can be read from now on. It is shown this once.</param>
internal sealed record CalendarAnswer(string Address);
