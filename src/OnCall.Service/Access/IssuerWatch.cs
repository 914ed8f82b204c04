using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace OnCall.Service.Access;

/// <summary>Fetches the keys of each issuer when the service starts, and goes on until it has them. Later on ASP.NET fetches them anew, and keeps the last ones where it cannot.</summary>
internal sealed partial class IssuerWatch(IReadOnlyList<TokenIssuer> issuers, IOptionsMonitor<JwtBearerOptions> schemes, KnownIssuers known, ILogger<IssuerWatch> logger) : BackgroundService
{
    /// <summary>How long after a try in vain comes the next one.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(issuers.Select(issuer => FetchAsync(issuer, stoppingToken)));

    private async Task FetchAsync(TokenIssuer issuer, CancellationToken stop)
    {
        // Waiting for a server is not a matter of the duty's clock.
        using var often = new PeriodicTimer(LookEvery, TimeProvider.System);
        for (var tries = 1; !await TryAsync(issuer, isFirst: tries == 1, stop); tries++)
        {
            await often.WaitForNextTickAsync(stop);
        }
    }

    private async Task<bool> TryAsync(TokenIssuer issuer, bool isFirst, CancellationToken stop)
    {
        try
        {
            await schemes.Get(issuer.Scheme).ConfigurationManager!.GetConfigurationAsync(stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            if (isFirst)
            {
                LogAway(issuer.Scheme, issuer.Authority, e.InnerException?.InnerException?.Message ?? e.InnerException?.Message ?? e.Message);
            }

            return false;
        }

        known.Add(issuer.Scheme);
        LogKnown(issuer.Scheme, issuer.Authority);
        return true;
    }

    [LoggerMessage(EventId = 3110, Level = LogLevel.Warning, Message = "{Setting}: the keys of {Authority} cannot be fetched; its tokens are refused until they can: {Reason}")]
    private partial void LogAway(string setting, string authority, string reason);

    [LoggerMessage(EventId = 3111, Level = LogLevel.Information, Message = "{Setting}: the keys of {Authority} are known")]
    private partial void LogKnown(string setting, string authority);
}
