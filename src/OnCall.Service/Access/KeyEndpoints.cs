using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using OnCall.Service.Audit;
using OnCall.Service.Duty;
using OnCall.Service.OpenApi;
using OnCall.Service.Rotas;

namespace OnCall.Service.Access;

/// <summary><c>GET, POST, DELETE /keys</c>: API keys; how they are renewed: <see cref="RenewalEndpoint"/>.</summary>
internal static class KeyEndpoints
{
    public const string Tag = "Keys";

    public static void MapKeys(this IEndpointRouteBuilder keys)
    {
        // Who reads everything reads this, too: no secret is in it.
        keys.MapGet("", ListAsync).RequireAuthorization(Roles.Auditor).Tell(Tag, new ApiNote("listKeys", "The keys, by name") { Answer = new ApiContent.Of(typeof(KeysAnswer)) });
        keys.MapPost("", CreateAsync).RequireAuthorization(Roles.Administrator).Tell(Tag, new ApiNote("createKey", "Makes a key")
        {
            Details = "Its `secret` is in this answer, and nowhere else. A coordinator's key that names `desks` changes only what belongs to one of them, and reads as any other.",
            Status = StatusCodes.Status201Created,
            Answer = new ApiContent.Of(typeof(KeyAnswer)),
            Refusals = [409, 415],
        });
        keys.MapDelete("{id:guid}", DeleteAsync).RequireAuthorization(Roles.Administrator).Tell(Tag, new ApiNote("deleteKey", "Deletes a key")
        {
            Details = "Every node refuses it within seconds.",
            Status = StatusCodes.Status204NoContent,
        });
    }

    private static async Task<IResult> ListAsync(KeyStore store, TimeProvider time, CancellationToken stop, int limit = Asked.UsualPage, string? after = null)
    {
        var asked = new Asked(time);
        asked.CheckLimit(limit);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var rest = (await store.ListAsync(stop)).SkipWhile(row => after is not null && string.CompareOrdinal(row.Name, after) <= 0).Take(limit + 1).ToList();
        return TypedResults.Ok(new KeysAnswer(rest.Take(limit).Select(row => KeyAnswer.Of(row)), rest.Count > limit ? rest[limit - 1].Name : null));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, NewKey sent, KeyStore store, CurrentBook current, TimeProvider time, CancellationToken stop)
    {
        var asked = new Asked(time);
        var expires = string.IsNullOrEmpty(sent.Expiry) ? (Instant?)null : asked.Time("expiry", sent.Expiry, Instant.MaxValue);
        var wish = new KeyWish(sent.Name ?? "", sent.Role ?? "") { Desks = sent.Desks, Expiry = expires };
        var wrongDesks = wish.WrongDesks(current.Book);
        asked.Check(KeyName.IsOne(wish.Name), "name", $"name takes {KeyName.Takes}.");
        asked.Check(Roles.All.Contains(wish.Role), "role", $"role must be one of {string.Join(", ", Roles.All)}.");
        asked.Check(expires is null || expires > asked.Now, "expiry", "expiry must lie in the future.");
        asked.Check(wrongDesks is null, "desks", $"desks: {wrongDesks}");
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        if (await store.CreateAsync(wish, Origin.Of(http), stop) is not { } created)
        {
            return TypedResults.Problem("A key has this name already. Delete it first, or choose another name.", statusCode: StatusCodes.Status409Conflict);
        }

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/keys/{created.Row.Id}", KeyAnswer.Of(created.Row) with { Secret = created.Secret });
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(HttpContext http, KeyStore store, Guid id, CancellationToken stop) =>
        await store.DeleteAsync(id, Origin.Of(http), stop)
            ? TypedResults.NoContent()
            : TypedResults.Problem("There is no key with this id.", statusCode: StatusCodes.Status404NotFound);
}

/// <param name="Name">Whose key it is: a person or a system. Unique.</param>
/// <param name="Role">reader, coordinator, auditor or administrator.</param>
/// <param name="Expiry">From when it is refused: RFC 3339 with offset; null or left out = never.</param>
/// <param name="Desks">The ids of the desks to which a coordinator's changes are limited; null or left out = to none.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewKey(
    [property: Required] string? Name = null, [property: Required] string? Role = null, string? Expiry = null, IReadOnlyList<string>? Desks = null);

/// <param name="Desks">The ids of the desks to which a coordinator's changes are limited; null = to none.</param>
/// <param name="Expiry">In UTC; null = never.</param>
/// <param name="LastUsed">By either of its secrets. In UTC, some seconds late; null = not used yet.</param>
/// <param name="Renewed">When it was last given a new secret, in UTC; null = never.</param>
/// <param name="RenewedBy">By whom.</param>
/// <param name="Previous">The secret before the renewal; null = there is none, or it ended at once.</param>
/// <param name="Secret">What to send as <c>Authorization: Bearer …</c>. It is shown once, when the key is made or renewed.</param>
internal sealed record KeyAnswer(
    Guid Id,
    string Name,
    string Role,
    IReadOnlyList<string>? Desks,
    string Created,
    string CreatedBy,
    string? Expiry,
    string? LastUsed,
    string? Renewed = null,
    string? RenewedBy = null,
    PreviousSecret? Previous = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret = null)
{
    public static KeyAnswer Of(ApiKeyRow row) => new(
        row.Id, row.Name, row.Role, row.Desks, Show(row.CreatedAt), row.CreatedBy, Shown(row.ExpiresAt), Shown(row.LastUsedAt), Shown(row.RenewedAt), row.RenewedBy,
        row is { PreviousHash: not null, PreviousUntil: { } until } ? new PreviousSecret(Show(until), Shown(row.PreviousUsedAt)) : null);

    private static string? Shown(Instant? at) => at is { } known ? Show(known) : null;

    private static string Show(Instant at) => AskedTime.Show(at, DateTimeZone.Utc);
}

/// <param name="Until">Until when it is good, exclusive: it may lie in the past. In UTC.</param>
/// <param name="LastUsed">When it was last used since the renewal, so that whoever uses it still can be told. In UTC, some seconds late; null = not at all.</param>
internal sealed record PreviousSecret(string Until, string? LastUsed);

/// <param name="Next">What to give as <c>after</c> for those that follow; null = there are none.</param>
internal sealed record KeysAnswer(IEnumerable<KeyAnswer> Keys, string? Next);
