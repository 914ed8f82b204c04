using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using OnCall.Service.Audit;
using OnCall.Service.Duty;
using OnCall.Service.OpenApi;

namespace OnCall.Service.Access;

/// <summary><c>POST /keys/{id}/renew</c>: a new secret for an API key, while the one before goes on for a time.</summary>
internal static class RenewalEndpoint
{
    public static void MapRenewal(this IEndpointRouteBuilder keys) => keys.MapPost("{id:guid}/renew", RenewAsync).RequireAuthorization(Roles.Administrator).Tell(KeyEndpoints.Tag, new ApiNote("renewKey", "Gives a key a new secret")
    {
        Details = "Its `secret` is in this answer, and nowhere else. The secret before stays good for `overlapHours`, so that whoever uses the key can be switched without an outage; `previous` of the key says until when, "
            + "and whether it is used still. It takes `{}` at the least. A key that has expired takes a new expiry. One whose secret before is good still is renewed only with an `overlapHours` of 0, which ends both; else 409.",
        Answer = new ApiContent.Of(typeof(KeyAnswer)),
        Refusals = [409, 415],
    });

    private static async Task<IResult> RenewAsync(HttpContext http, Guid id, RenewedKey sent, KeyStore store, TimeProvider time, CancellationToken stop)
    {
        var asked = new Asked(time);
        var expires = string.IsNullOrEmpty(sent.Expiry) ? (Instant?)null : asked.Time("expiry", sent.Expiry, Instant.MaxValue);
        asked.Check(sent.OverlapHours is null or (>= 0 and <= RenewalWish.MostHours), "overlapHours", $"overlapHours takes 0 to {RenewalWish.MostHours}.");
        asked.Check(expires is null || expires > asked.Now, "expiry", "expiry must lie in the future.");
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        switch (await store.RenewAsync(id, RenewalWish.Of(sent.OverlapHours, expires), Origin.Of(http), stop))
        {
            case KeyRenewal.Done done:
                http.Response.Headers.CacheControl = "no-store";
                return TypedResults.Ok(KeyAnswer.Of(done.Row) with { Secret = done.Secret });
            case KeyRenewal.Refused refused:
                return TypedResults.Problem(refused.Why, statusCode: StatusCodes.Status409Conflict);
            default:
                return TypedResults.Problem("There is no key with this id. A deleted one cannot be renewed: make a new one.", statusCode: StatusCodes.Status404NotFound);
        }
    }
}

/// <param name="OverlapHours">For how many hours the secret before stays good, 0 to 720: 0 = it ends at once; null or left out = 24. It ends no later than an expiry that the key had.</param>
/// <param name="Expiry">From when the key is refused from now on: RFC 3339 with offset; null or left out = as before.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RenewedKey([property: Range(0, RenewalWish.MostHours)] int? OverlapHours = null, string? Expiry = null);
