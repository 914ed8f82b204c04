namespace OnCall.Service.Ops;

/// <summary>
/// The order in which the service stops: readiness goes off with the signal, connections are still taken for <see cref="OnCallSettings.Drain"/>,
/// then requests under way are answered, and last the background services stop. All of it within <see cref="Limit"/>.
/// </summary>
internal sealed class Drain(OnCallSettings settings, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>After this the process ends, whatever is still under way.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Runs before any hosted service, the web server among them, is told to stop.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        settings.Drain == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(settings.Drain, time, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
