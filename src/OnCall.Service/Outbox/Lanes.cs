namespace OnCall.Service.Outbox;

/// <summary>Runs all lanes, and stops them together: one after the other, those still running would go on claiming while the first brings its work to an end.</summary>
internal sealed class Lanes(IEnumerable<LaneLoop> lanes) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(lanes.Select(lane => lane.RunAsync(stoppingToken)));
}
