using System.Globalization;
using System.Text.Json.Nodes;

namespace OnCall.Simulator.Rest;

/// <summary>Lists: newest first, in pages that follow a token. Source: https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information.</summary>
internal static class Paging
{
    private const int DefaultSize = 50;
    private const int LargestSize = 1000;

    /// <param name="call">Its query holds PageSize and PageToken.</param>
    /// <param name="name">Of the array.</param>
    /// <param name="items">All that match, newest first.</param>
    /// <param name="sid">What the token is made of.</param>
    /// <param name="render">Into the resource's JSON.</param>
    public static RestAnswer List<T>(this RestCall call, string name, IEnumerable<T> items, Func<T, string> sid, Func<T, JsonObject> render)
    {
        var size = Size(call);
        var page = int.TryParse(call.Query["Page"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
        var rest = call.Query["PageToken"] is { Length: > 2 } token ? items.SkipWhile(i => sid(i) != token[2..]).Skip(1) : items;
        var shown = rest.Take(size + 1).ToList();
        var hasMore = shown.Count > size;
        shown = shown.Take(size).ToList();
        return RestAnswer.Ok(new JsonObject
        {
            [name] = new JsonArray(shown.Select(i => (JsonNode)render(i)).ToArray()),
            ["page"] = page,
            ["page_size"] = size,
            ["start"] = page * size,
            ["end"] = Math.Max(page * size, (page * size) + shown.Count - 1),
            ["uri"] = call.RawTarget,
            ["first_page_uri"] = Address(call, size, 0, token: null),
            ["next_page_uri"] = hasMore ? Address(call, size, page + 1, "PA" + sid(shown[^1])) : null,
            ["previous_page_uri"] = page > 0 ? Address(call, size, page - 1, token: null) : null,
        });
    }

    private static int Size(RestCall call) =>
        int.TryParse(call.Query["PageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? Math.Min(size, LargestSize) : DefaultSize;

    private static string Address(RestCall call, int size, int page, string? token)
    {
        var query = new Webhooks.Parameters(call.Query.Where(p => p.Key is not ("PageSize" or "Page" or "PageToken")))
            .Add("PageSize", size)
            .Add("Page", page)
            .Add("PageToken", token);
        return call.RawTarget.Split('?')[0] + "?" + query.Encode();
    }
}
