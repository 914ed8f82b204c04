using System.Globalization;
using System.Threading.RateLimiting;
using OnCall.Service.Ops;

namespace OnCall.Service.Access;

/// <summary>
/// So many requests a second for each key (<see cref="OnCallSettings.RequestsPerSecond"/>), a fifth of it for each address that shows none, on each node; what was not used in the last two seconds may be
/// made up for at once. Twilio's webhooks, the probes and the metrics are never limited. The seconds are the machine's own: a limit has nothing to do with the duty's clock.
/// </summary>
/// <remarks>Not ASP.NET's own middleware over the same limiters: it never puts its own away, whose timers then keep the whole of an ended node in memory.</remarks>
internal sealed class RateLimits(OnCallSettings settings) : IMiddleware, IDisposable
{
    private const int Burst = 2;
    private const int StrangersPart = 5;

    private static readonly PathString[] Limited = ["/api", "/openapi", "/reference", "/calendars"];

    private readonly PartitionedRateLimiter<HttpContext> _left = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        http.User.Identity is { IsAuthenticated: true, Name: { } key }
            ? RateLimitPartition.GetTokenBucketLimiter($"key {key}", _ => Bucket(settings.RequestsPerSecond))
            : RateLimitPartition.GetTokenBucketLimiter($"from {WrongKeys.Network(http.Connection.RemoteIpAddress)}", _ => Bucket(Math.Max(1, settings.RequestsPerSecond / StrangersPart))));

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!Limited.Any(start => context.Request.Path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase)))
        {
            await next(context);
            return;
        }

        using var lease = _left.AttemptAcquire(context);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.FromSeconds(1);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    public void Dispose() => _left.Dispose();

    private static TokenBucketRateLimiterOptions Bucket(int perSecond) => new()
    {
        TokenLimit = perSecond * Burst,
        TokensPerPeriod = perSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        QueueLimit = 0,
    };
}
