using Microsoft.EntityFrameworkCore;
using OnCall.Core.Rotas;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Service.Duty;
using OnCall.Service.OpenApi;
using OnCall.Service.Rotas;

namespace OnCall.Service.Escalation;

/// <summary>Enquiries over the API: found, and read with their timeline. Each reading stands in the audit before it is answered.</summary>
internal static class EnquiryEndpoints
{
    public const string Tag = "Enquiries";

    public static void MapEscalation(this IEndpointRouteBuilder app)
    {
        PlanAnswer.MapPlan(app);
        var enquiries = app.MapGroup("/api/v1/enquiries");
        enquiries.MapGet("", ListAsync).WithFiltersOf<EnquiryQuery>().RequireAuthorization(Roles.Reader).Tell(Tag, new ApiNote("listEnquiries", "Enquiries, the newest first")
        {
            Details = "Numbers and words are shown to auditors and administrators alone. The reading stands in the audit.",
            Answer = new ApiContent.Of(typeof(EnquiryPage)),
        });
        enquiries.MapGet("{key}", GetAsync).RequireAuthorization(Roles.Reader).Tell(Tag, new ApiNote("getEnquiry", "One enquiry with its timeline")
        {
            Details = "The newest that has the ref. The reading stands in the audit.",
            Answer = new ApiContent.Of(typeof(EnquiryView)),
            HasTag = true,
        });
        enquiries.MapWishes();
    }

    /// <summary>The newest first.</summary>
    private static async Task<IResult> ListAsync(
        [AsParameters] EnquiryQuery query, HttpContext http, IDbContextFactory<OnCallDb> databases, EnquiryReadings readings, CurrentBook book, CancellationToken stop)
    {
        var errors = query.Errors();
        if (errors.Count > 0)
        {
            return Results.ValidationProblem(errors);
        }

        if (query.Number is not null && !Roles.SeesAll(http.User))
        {
            return Results.Problem("Only an auditor's or administrator's key may look for a number.", statusCode: StatusCodes.Status403Forbidden);
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        var rows = await query.Of(db.Set<EnquiryRow>()).OrderByDescending(row => row.OpenedAt).ThenByDescending(row => row.Id)
            .Take(query.PageSize + 1).AsNoTracking().ToListAsync(stop);
        var shown = rows.Take(query.PageSize).ToList();
        await readings.NoteAsync(Origin.Of(http), shown, query, stop);
        var items = await ViewsAsync(db, shown, book.Book, Roles.SeesAll(http.User), stop);
        return Results.Ok(new EnquiryPage(items, rows.Count > shown.Count ? EnquiryQuery.CursorOf(shown[^1]) : null));
    }

    private static async Task<IResult> GetAsync(
        string key, HttpContext http, IDbContextFactory<OnCallDb> databases, EnquiryReadings readings, CurrentBook book, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        if (await FindAsync(db, key, stop) is not { } row)
        {
            return NotThere(key);
        }

        await readings.NoteAsync(Origin.Of(http), [row], query: null, stop);
        var view = (await ViewsAsync(db, [row], book.Book, Roles.SeesAll(http.User), stop))[0];
        return ResourceEndpoints.IsKnown(http, view.Tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : Results.Ok(view);
    }

    /// <summary>By id, or by ref: the newest that has it.</summary>
    public static Task<EnquiryRow?> FindAsync(OnCallDb db, string key, CancellationToken stop)
    {
        var rows = db.Set<EnquiryRow>().AsNoTracking();
        return Guid.TryParse(key, out var id)
            ? rows.SingleOrDefaultAsync(row => row.Id == id, stop)
            : rows.Where(row => row.Ref == key).OrderByDescending(row => row.OpenedAt).FirstOrDefaultAsync(stop);
    }

    public static async Task<IReadOnlyList<EnquiryView>> ViewsAsync(OnCallDb db, IReadOnlyList<EnquiryRow> rows, RotaBook book, bool seesAll, CancellationToken stop)
    {
        var ids = rows.Select(row => row.Id).ToList();
        var timeline = (await db.Set<TimelineRow>().AsNoTracking().Where(line => ids.Contains(line.EnquiryId)).OrderBy(line => line.At).ThenBy(line => line.Id).ToListAsync(stop))
            .ToLookup(line => line.EnquiryId);
        return [.. rows.Select(row => EnquiryView.Of(row, timeline[row.Id], book, seesAll))];
    }

    public static IResult NotThere(string key) =>
        Results.Problem($"There is no enquiry with the ref or id '{key}'.", statusCode: StatusCodes.Status404NotFound);
}
