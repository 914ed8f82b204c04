using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;
using OnCall.Service.Access;
using OnCall.Service.Data;

namespace OnCall.Service.Ops;

/// <summary>Every error of the API is a problem document (RFC 9457). Twilio's webhooks are not the API: their room answers errors with words.</summary>
internal static class Problems
{
    public static void AddProblems(this IHostApplicationBuilder builder) => builder.Services.PostConfigure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true).AddProblemDetails(options => options.CustomizeProblemDetails = context =>
    {
        var isAway = context.ProblemDetails.Status == StatusCodes.Status503ServiceUnavailable && !NotNowException.IsAnsweredOn(context.HttpContext) && context.ProblemDetails.Detail is null;
        if (isAway)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
        }

        context.ProblemDetails.Detail ??= isAway ? "The database cannot be reached at this moment, or is too slow; calls and texts are taken all the same. Ask again in a few seconds." : Meaning(context);
    });

    private static string? Meaning(ProblemDetailsContext context) => context.ProblemDetails.Status switch
    {
        // Where fields are at fault, `errors` says which.
        StatusCodes.Status400BadRequest when context.ProblemDetails is not HttpValidationProblemDetails =>
            "What was sent is missing, cannot be read, or has a name or a value that is not taken here; /openapi/v1.json describes what is.",
        StatusCodes.Status401Unauthorized => "It takes a key, or the access token of a provider that the service is set to take: Authorization: Bearer KEY.",
        StatusCodes.Status403Forbidden => Needed(context.HttpContext),
        _ => null,
    };

    private static readonly PathString[] Places = ["/api", "/calendars"];

    /// <summary>What fails since the database is away is no fault in here, and goes by itself.</summary>
    private static readonly ExceptionHandlerOptions Failures = new()
    {
        StatusCodeSelector = e => DatabaseLink.MayBeAway(e) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
    };

    public static void UseProblems(this WebApplication app) =>
        app.UseWhen(
            http => Array.Exists(Places, place => http.Request.Path.StartsWithSegments(place, StringComparison.OrdinalIgnoreCase)),
            api => api.UseExceptionHandler(Failures).UseStatusCodePages().Use(UnreadableInput.AnswerAsync).Use(ForgetAcceptAsync));

    /// <summary>An error is a problem document for those too who asked for YAML or a calendar alone: ASP.NET would answer them with a line of text.</summary>
    private static async Task ForgetAcceptAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Headers.Remove(HeaderNames.Accept);
        }
    }

    /// <summary>The roles that the endpoint asks for, and the caller's; null = it asks for none.</summary>
    private static string? Needed(HttpContext http)
    {
        var roles = (http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? []).Select(asked => asked.Policy).OfType<string>().Where(Roles.ThatSatisfy.ContainsKey).ToList();
        return roles.Count == 0 ? null
            : $"It takes the role {string.Join(" or ", Roles.ThatSatisfy[roles[^1]])}; your key or token has {(Roles.Of(http.User) is { } role ? $"the role {role}" : "none of the roles")}.";
    }
}
