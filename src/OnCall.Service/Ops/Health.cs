using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OnCall.Service.Data;

namespace OnCall.Service.Ops;

/// <summary>
/// <c>/health/live</c> says that the process runs; <c>/health/ready</c> that all is well here: the database answers, is at this version, and no signal to stop has
/// come; <c>/health/serving</c> that calls are to be led here, which they are while the database is away, too.
/// </summary>
internal static class Health
{
    private const string Draining = "not draining";
    private const string DatabaseOrBook = "database, or the last book";

    public static void AddHealth(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton<DatabaseVersion>().AddHealthChecks()
            .AddCheck<NotDraining>(Draining)
            .AddTypeActivatedCheck<DatabaseReady>("database", null, [], TimeSpan.FromSeconds(5), false)
            .AddTypeActivatedCheck<DatabaseReady>(DatabaseOrBook, null, [], TimeSpan.FromSeconds(5), true);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().WithMetadata(new Probe());
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Name != DatabaseOrBook, ResponseWriter = AnswerAsync })
            .AllowAnonymous().WithMetadata(new Probe());
        app.MapHealthChecks("/health/serving", new HealthCheckOptions { Predicate = check => check.Name is Draining or DatabaseOrBook, ResponseWriter = AnswerAsync })
            .AllowAnonymous().WithMetadata(new Probe());
    }

    /// <summary>The state in a word, then a line for each check that is not well. Draining is degraded too, but must lead calls elsewhere.</summary>
    private static Task AnswerAsync(HttpContext http, HealthReport report)
    {
        if (report.Entries.TryGetValue(Draining, out var draining) && draining.Status != HealthStatus.Healthy)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        var unwell = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry => $"\n{entry.Key}: {entry.Value.Description}");
        return http.Response.WriteAsync($"{report.Status}{string.Concat(unwell)}", http.RequestAborted);
    }

    /// <summary>Degraded, not unhealthy: a stop that was asked for is no error in the log.</summary>
    private sealed class NotDraining(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Degraded("draining") : HealthCheckResult.Healthy());
    }

    /// <param name="mayBeAway">Calls are answered without it.</param>
    private sealed class DatabaseReady(DatabaseVersion version, bool mayBeAway) : IHealthCheck
    {
        /// <summary>A proxy that leads calls by the answer does not wait long for it.</summary>
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                return await version.IsBehindAsync().WaitAsync(mayBeAway ? Patience : Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken) ? HealthCheckResult.Unhealthy("the database is not at this version") : HealthCheckResult.Healthy();
            }
            catch (Exception e) when (mayBeAway && DatabaseLink.MayBeAway(e) && !cancellationToken.IsCancellationRequested)
            {
                // So, too, while a migration waits for its lock, and the version cannot be read: the other check tells of it.
                return HealthCheckResult.Healthy();
            }
            catch (DatabaseAwayException)
            {
                return HealthCheckResult.Unhealthy("the database is away; calls are answered from the book in memory and written to the journal");
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                return HealthCheckResult.Unhealthy("the database does not say which version it is at: is it being migrated, and the migration waits for somebody?", e);
            }
        }
    }

    /// <summary>Anybody may ask, and as often as they like: who asks while a look at the database is under way gets its answer, so that probes take no connections from calls.</summary>
    private sealed class DatabaseVersion(IDbContextFactory<OnCallDb> databases, DatabaseLink link)
    {
        private readonly Lock _turn = new();
        private Task<bool>? _look;

        /// <inheritdoc cref="MigrateCommand.IsBehindAsync" path="/summary"/>
        /// <exception cref="DatabaseAwayException">It cannot be reached.</exception>
        public Task<bool> IsBehindAsync()
        {
            lock (_turn)
            {
                return _look is { IsCompleted: false } ? _look : _look = LookAsync();
            }
        }

        private async Task<bool> LookAsync()
        {
            using var enough = new CancellationTokenSource();
            try
            {
                return await link.AskAsync(() => MigrateCommand.IsBehindAsync(databases, enough.Token));
            }
            finally
            {
                await enough.CancelAsync();
            }
        }
    }
}
