using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using OnCall.Service.Data;
using OnCall.Service.Duty;
using OnCall.Service.OpenApi;

namespace OnCall.Service.Audit;

/// <summary><c>GET /audit?actor=&amp;kind=&amp;id=&amp;from=&amp;to=</c>: who did what, when, from where; <c>GET /audit/head</c>: the end of the chain, to be kept elsewhere.</summary>
internal static class AuditEndpoints
{
    public static void MapAuditQuestions(this IEndpointRouteBuilder audit)
    {
        audit.MapGet("", ListAsync).WithFiltersOf<AuditQuery>().Tell("Audit", new ApiNote("listAudit", "What was done, the newest first") { Answer = new ApiContent.Of(typeof(AuditPage)) });
        audit.MapGet("/head", HeadAsync).Tell("Audit", new ApiNote("getAuditHead", "The end of the chain")
        {
            Details = "Keep it elsewhere: `oncall verify-audit` proves against it that nothing was changed or removed since.",
            Answer = new ApiContent.Of(typeof(AuditHead)),
            Refusals = [404],
        });
    }

    /// <summary>A page ends after so many characters of before and after: a rota of a year may stand there whole.</summary>
    private const int MostText = 4_000_000;

    /// <summary>The newest first.</summary>
    private static async Task<IResult> ListAsync([AsParameters] AuditQuery query, IDbContextFactory<OnCallDb> databases, TimeProvider time, CancellationToken stop)
    {
        var asked = new Asked(time);
        var rows = query.Of(asked);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        var shown = new List<AuditRow>();
        var (left, isMore) = (MostText, false);
        await foreach (var row in rows(db.Set<AuditRow>().AsNoTracking()).OrderByDescending(row => row.Id).Take(query.PageSize + 1).AsAsyncEnumerable().WithCancellation(stop))
        {
            isMore = shown.Count == query.PageSize || (left < 0 && shown.Count > 0);
            if (isMore)
            {
                break;
            }

            shown.Add(row);
            left -= (row.Before?.Length ?? 0) + (row.After?.Length ?? 0);
        }

        return TypedResults.Ok(new AuditPage(shown.Select(AuditAnswer.Of), isMore ? shown[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<IResult> HeadAsync(AuditChain chain, CancellationToken stop) => await chain.HeadAsync(stop) is { } head
        ? TypedResults.Ok(head)
        : TypedResults.Problem("No entry is sealed yet.", statusCode: StatusCodes.Status404NotFound);
}

/// <param name="Next">What <c>after</c> takes for the next page; null = this is the last one.</param>
internal sealed record AuditPage(IEnumerable<AuditAnswer> Items, string? Next);

/// <param name="At">In UTC.</param>
/// <param name="Actor">The name of an API key, the issuer and the subject of a token with a blank between them, or the user of the command line.</param>
/// <param name="Source">A network address, or <c>command line</c>.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Subject">To what.</param>
/// <param name="Ids">The ids, names and refs of everything concerned.</param>
/// <param name="Erased">Whether before and after were erased.</param>
internal sealed record AuditAnswer(
    long Id, string At, string Actor, string Source, string Kind, string Subject, IEnumerable<string> Ids, JsonNode? Before, JsonNode? After, bool Erased)
{
    public static AuditAnswer Of(AuditRow row) => new(
        row.Id, AskedTime.Show(row.At, DateTimeZone.Utc), row.Actor, row.Source, row.Kind, row.Subject, row.Ids, Parsed(row.Before), Parsed(row.After), row.Salt is null);

    private static JsonNode? Parsed(string? json) => json is null ? null : JsonNode.Parse(json);
}
