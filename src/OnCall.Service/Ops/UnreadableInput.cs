using System.Globalization;
using System.Text.Json;

namespace OnCall.Service.Ops;

/// <summary>What the framework cannot read of a request of the API, before any handler sees it, told by its field as a handler would: a parameter of the query, or a place in the JSON that was sent.</summary>
internal static class UnreadableInput
{
    private const string After = "after";

    private static readonly (string Name, Func<string, bool> IsRight, string Takes)[] Parameters =
    [
        ("limit", text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _), "a whole number"),
        ("dryRun", text => bool.TryParse(text, out _), "true or false"),
        ("prune", text => bool.TryParse(text, out _), "true or false"),
        (After, text => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _), "the next of the page before"),
    ];

    public static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        Dictionary<string, string[]> faults;
        try
        {
            await next(http);
            faults = http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentType: null } ? OfQuery(http.Request) : [];
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = e.StatusCode;
            faults = e.InnerException is JsonException json ? OfJson(json) : [];
        }

        if (faults.Count > 0)
        {
            await TypedResults.ValidationProblem(faults).ExecuteAsync(http);
        }
    }

    private static Dictionary<string, string[]> OfQuery(HttpRequest request) => Parameters
        // In other lists any text may follow.
        .Where(parameter => parameter.Name != After || request.Path.Value!.EndsWith("/revisions", StringComparison.OrdinalIgnoreCase))
        .Where(parameter => request.Query.TryGetValue(parameter.Name, out var values) && !values.All(value => parameter.IsRight(value ?? "")))
        .ToDictionary(parameter => parameter.Name, parameter => new[] { $"{parameter.Name} takes {parameter.Takes}." });

    /// <summary>Empty where it is no JSON at all, or none of its fields is at fault but all of it.</summary>
    private static Dictionary<string, string[]> OfJson(JsonException json) => json is { InnerException: not JsonException, Path: ['$', '.', .. var field] }
        ? new()
        {
            [field] =
            [
                json.Message.Contains("could not be mapped", StringComparison.Ordinal)
                    ? $"{field} is no name that is known here; /openapi/v1.json describes what is."
                    : $"{field} is of another type than what is taken here; /openapi/v1.json describes what is.",
            ],
        }
        : [];
}
