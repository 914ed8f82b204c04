namespace OnCall.Service.Ops;

/// <summary>Every error of the API is a problem document (RFC 9457). Twilio's webhooks are not the API: their room answers errors with words.</summary>
internal static class Problems
{
    public static void AddProblems(this IHostApplicationBuilder builder) => builder.Services.AddProblemDetails();

    public static void UseProblems(this WebApplication app) =>
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            api => api.UseExceptionHandler().UseStatusCodePages());
}
