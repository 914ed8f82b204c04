namespace OnCall.Service.OpenApi;

/// <summary>What everybody should know who uses the API.</summary>
internal static class Introduction
{
    public const string Text = """
        JSON in camelCase. Times are RFC 3339 with an offset; the shapes of the rota document keep its wall-clock times.

        **Keys, tokens and roles.** Each request carries `Authorization: Bearer KEY`, or in the place of the key the access token of an OpenID provider that the service is set to take; 503 while such a provider's own keys
        could not be fetched since the start. A `reader` sees duty, rotas and the list of enquiries without numbers and words; a `coordinator` also changes
        advisers, rotas, overrides and absences, and deals with enquiries; an `auditor` reads everything; an `administrator` may do everything. A coordinator's key or token
        that names desks changes only what belongs to them: the rotas that their policies reach, the advisers and absences on those, their enquiries; else 403 with `needs`. A hundred wrong keys or tokens from one address within a minute, and
        neither a token nor the key of the settings is looked at from there until the minute is over: 429; keys that were made here are. 429 gets also a key that asks more often than the service is set to (500 requests a second); `Retry-After` says how many seconds to wait.

        **Errors** are RFC 9457 problem documents. Where fields are at fault, `errors` names each by its path, like `layers[1].rotation.turn`, with sentences that say what to do.
        A request with any error changes nothing.

        **Writing safely.** What is read has an `ETag`. Send it as `If-Match` with the write, and nobody else's change is overwritten: if there was one, the answer is 412 with what is stored now
        (`current`, `etag`) and what your write would change of it (`difference`). `If-None-Match: *` creates and never replaces.

        **Repeating safely.** PUT and DELETE can be sent again, and PATCH too, since it says what is to be there. Where an `Idempotency-Key` is heeded, a repeat with the same one does nothing more.

        **Lists** come in pages: `limit` (1 to 500, 50 if left out), and `after`, which takes `next` of the page before.
        """;
}
