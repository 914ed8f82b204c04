namespace OnCall.Service.Data;

/// <summary>Looks twice a second whether a database that is away is back.</summary>
internal sealed class DatabaseWatch(DatabaseLink link) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(0.5);

    // Waiting for a server is not a matter of the duty's clock.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await link.WentAway.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, stoppingToken);
            while (link.IsAway)
            {
                await Task.Delay(LookEvery, TimeProvider.System, stoppingToken);
                await link.LookAsync();
            }
        }
    }
}
