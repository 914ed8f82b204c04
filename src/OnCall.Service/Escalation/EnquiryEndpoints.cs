using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Service.Access;
using OnCall.Service.Data;
using OnCall.Service.Duty;
using OnCall.Service.Rotas;

namespace OnCall.Service.Escalation;

/// <summary>Enquiries over the API: found, read with their timeline, closed.</summary>
internal static class EnquiryEndpoints
{
    private const int UsualPage = 50;
    private const int LargestPage = 500;

    public static void MapEscalation(this IEndpointRouteBuilder app)
    {
        PlanAnswer.MapPlan(app);
        var enquiries = app.MapGroup("/api/v1/enquiries");
        enquiries.MapGet("", ListAsync).RequireAuthorization(Roles.Reader);
        enquiries.MapGet("{key}", GetAsync).RequireAuthorization(Roles.Reader);
        enquiries.MapPost("{key}/close", CloseAsync).RequireAuthorization(Roles.Coordinator);
    }

    /// <summary>The newest first.</summary>
    private static async Task<IResult> ListAsync(
        [AsParameters] EnquiryQuery query, ClaimsPrincipal user, IDbContextFactory<OnCallDb> databases, CurrentBook book, CancellationToken stop)
    {
        var errors = query.Errors();
        if (errors.Count > 0)
        {
            return Results.ValidationProblem(errors);
        }

        if (query.Number is not null && !SeesAll(user))
        {
            return Results.Problem("Only an auditor's or administrator's key may look for a number.", statusCode: StatusCodes.Status403Forbidden);
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        var rows = await query.Of(db.Set<EnquiryRow>()).OrderByDescending(row => row.OpenedAt).ThenByDescending(row => row.Id)
            .Take(query.PageSize + 1).AsNoTracking().ToListAsync(stop);
        var shown = rows.Take(query.PageSize).ToList();
        var items = await ViewsAsync(db, shown, user, book, stop);
        return Results.Ok(new EnquiryPage(items, rows.Count > shown.Count ? EnquiryQuery.CursorOf(shown[^1]) : null));
    }

    private static async Task<IResult> GetAsync(string key, ClaimsPrincipal user, IDbContextFactory<OnCallDb> databases, CurrentBook book, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await FindAsync(db, key, stop) is { } row ? Results.Ok((await ViewsAsync(db, [row], user, book, stop))[0]) : NotThere(key);
    }

    private static async Task<IResult> CloseAsync(
        string key, CloseRequest close, ClaimsPrincipal user, IDbContextFactory<OnCallDb> databases, Enquiries enquiries, CurrentBook book, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(close.Outcome))
        {
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["outcome"] = ["Say how it ended: a topic, or a few words."] });
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        if (await FindAsync(db, key, stop) is not { } row)
        {
            return NotThere(key);
        }

        var closed = await enquiries.HappenedAsync(row.Id, new EnquiryEvent.Close(user.Identity?.Name ?? "api", close.Outcome.Trim(), close.Note), stop);
        if (closed is not { Stage: Stage.Closed })
        {
            return Results.Problem("The officer is on the line and nobody has taken it yet: it cannot be closed now.", statusCode: StatusCodes.Status409Conflict);
        }

        return Results.Ok((await ViewsAsync(db, [await ByIdAsync(db, row.Id, stop)], user, book, stop))[0]);
    }

    private static Task<EnquiryRow> ByIdAsync(OnCallDb db, Guid id, CancellationToken stop) =>
        db.Set<EnquiryRow>().AsNoTracking().SingleAsync(row => row.Id == id, stop);

    /// <summary>By id, or by ref: the newest that has it.</summary>
    private static Task<EnquiryRow?> FindAsync(OnCallDb db, string key, CancellationToken stop)
    {
        var rows = db.Set<EnquiryRow>().AsNoTracking();
        return Guid.TryParse(key, out var id)
            ? rows.SingleOrDefaultAsync(row => row.Id == id, stop)
            : rows.Where(row => row.Ref == key).OrderByDescending(row => row.OpenedAt).FirstOrDefaultAsync(stop);
    }

    private static async Task<IReadOnlyList<EnquiryView>> ViewsAsync(
        OnCallDb db, IReadOnlyList<EnquiryRow> rows, ClaimsPrincipal user, CurrentBook book, CancellationToken stop)
    {
        var ids = rows.Select(row => row.Id).ToList();
        var timeline = (await db.Set<TimelineRow>().AsNoTracking().Where(line => ids.Contains(line.EnquiryId)).OrderBy(line => line.Id).ToListAsync(stop))
            .ToLookup(line => line.EnquiryId);
        return [.. rows.Select(row => EnquiryView.Of(row, timeline[row.Id], book.Book, SeesAll(user)))];
    }

    private static bool SeesAll(ClaimsPrincipal user) => user.IsInRole(Roles.Auditor) || user.IsInRole(Roles.Administrator);

    private static IResult NotThere(string key) =>
        Results.Problem($"There is no enquiry with the ref or id '{key}'.", statusCode: StatusCodes.Status404NotFound);

    /// <param name="Outcome">How it ended.</param>
    /// <param name="Note">Kept in the record; no names, no case detail.</param>
    internal sealed record CloseRequest(string? Outcome, string? Note);

    /// <summary>What the list is asked for; what is left out does not limit it.</summary>
    internal sealed class EnquiryQuery
    {
        public string? State { get; init; }

        public string? Desk { get; init; }

        /// <summary>Opened at or after: RFC 3339 with offset.</summary>
        public string? From { get; init; }

        /// <summary>Opened before: RFC 3339 with offset.</summary>
        public string? To { get; init; }

        /// <summary>The officer's number, E.164.</summary>
        public string? Number { get; init; }

        /// <summary>1 to 500, 50 if left out.</summary>
        public int? Limit { get; init; }

        /// <summary>The <c>next</c> of the page before.</summary>
        public string? After { get; init; }

        public int PageSize => Limit ?? UsualPage;

        private static string[] States { get; } = [.. Enum.GetValues<EnquiryState>().Select(EnquirySql.Word)];

        public static string CursorOf(EnquiryRow last) =>
            string.Create(CultureInfo.InvariantCulture, $"{last.OpenedAt.ToUnixTimeTicks()}-{last.Id:N}");

        public Dictionary<string, string[]> Errors()
        {
            var errors = new Dictionary<string, string[]>();
            void Check(bool wrong, string field, string remedy)
            {
                if (wrong)
                {
                    errors[field] = [remedy];
                }
            }

            Check(State is not null && !States.Contains(State), "state", $"Must be one of {string.Join(", ", States)}.");
            Check(From is not null && Moment(From) is null, "from", $"Must be {AskedTime.Takes}.");
            Check(To is not null && Moment(To) is null, "to", $"Must be {AskedTime.Takes}.");
            Check(Moment(From) >= Moment(To), "from", "Must be before 'to'.");
            Check(PageSize is < 1 or > LargestPage, "limit", $"Must be from 1 to {LargestPage}.");
            Check(After is not null && Cursor() is null, "after", "Must be the 'next' of the page before.");
            return errors;
        }

        public IQueryable<EnquiryRow> Of(IQueryable<EnquiryRow> rows)
        {
            var (from, to, cursor) = (Moment(From), Moment(To), Cursor());
            rows = State is null ? rows : rows.Where(row => row.State == State);
            rows = Desk is null ? rows : rows.Where(row => row.Desk == Desk);
            rows = Number is null ? rows : rows.Where(row => row.Caller == Number);
            rows = from is null ? rows : rows.Where(row => row.OpenedAt >= from);
            rows = to is null ? rows : rows.Where(row => row.OpenedAt < to);
            return cursor is not { } last ? rows : rows.Where(row => row.OpenedAt < last.At || (row.OpenedAt == last.At && row.Id < last.Id));
        }

        private static Instant? Moment(string? text) => text is null ? null : AskedTime.Parse(text);

        private (Instant At, Guid Id)? Cursor() =>
            After?.Split('-') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= Instant.MaxValue.ToUnixTimeTicks() && Guid.TryParseExact(id, "N", out var guid)
                ? (Instant.FromUnixTimeTicks(at), guid)
                : null;
    }
}
