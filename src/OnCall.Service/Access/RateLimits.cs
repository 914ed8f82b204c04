using System.Globalization;
using System.Threading.RateLimiting;
using OnCall.Service.Ops;

namespace OnCall.Service.Access;

/// <summary>
/// So many requests a second for each key (<see cref="OnCallSettings.RequestsPerSecond"/>), a fifth of it for each address that shows none, on each node; what was not used in the last two seconds may be
/// made up for at once. Twilio's webhooks, the probes and the metrics are never limited. The seconds are the machine's own: a limit has nothing to do with the duty's clock.
/// </summary>
internal static class RateLimits
{
    private const int Burst = 2;
    private const int StrangersPart = 5;

    private static readonly PathString[] Limited = ["/api", "/openapi", "/reference", "/calendars"];

    public static void AddRateLimits(this IHostApplicationBuilder builder) => builder.Services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.FromSeconds(1);
            context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(PartitionOf);
    });

    private static RateLimitPartition<string> PartitionOf(HttpContext http)
    {
        if (!Limited.Any(start => http.Request.Path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase)))
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var perSecond = http.RequestServices.GetRequiredService<OnCallSettings>().RequestsPerSecond;
        return http.User.Identity is { IsAuthenticated: true, Name: { } key }
            ? RateLimitPartition.GetTokenBucketLimiter($"key {key}", _ => Bucket(perSecond))
            : RateLimitPartition.GetTokenBucketLimiter($"from {WrongKeys.Network(http.Connection.RemoteIpAddress)}", _ => Bucket(Math.Max(1, perSecond / StrangersPart)));
    }

    private static TokenBucketRateLimiterOptions Bucket(int perSecond) => new()
    {
        TokenLimit = perSecond * Burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };
}
