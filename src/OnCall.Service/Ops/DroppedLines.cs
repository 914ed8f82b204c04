using System.Diagnostics.Metrics;
using Serilog.Sinks.Async;

namespace OnCall.Service.Ops;

/// <summary>Lines of the log that nobody took in time.</summary>
internal sealed class DroppedLines : IAsyncLogEventSinkMonitor
{
    private IAsyncLogEventSinkInspector? _queue;

    public DroppedLines(IMeterFactory meters) => meters.Create(Metrics.MeterName).CreateObservableCounter(
        "oncall_log_dropped", () => _queue?.DroppedMessagesCount ?? 0, description: "Lines of the log that were dropped, since nobody took those before them.");

    public void StartMonitoring(IAsyncLogEventSinkInspector inspector) => _queue = inspector;

    public void StopMonitoring(IAsyncLogEventSinkInspector inspector)
    {
        // The last count stays.
    }
}
