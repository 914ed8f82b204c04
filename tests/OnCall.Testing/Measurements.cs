using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace OnCall.Testing;

/// <summary>What one node measures with one of its instruments, from now on. <c>/metrics</c> shows the sum over all nodes of the process, those of other tests too.</summary>
public sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _labels = [];

    /// <param name="instrument">Its name in the code, for example <c>oncall_outbox_wait</c>.</param>
    public Measurements(RunningService node, string instrument)
    {
        var meters = node.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (one, listener) =>
        {
            if (one.Name == instrument && one.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(one);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, labels, _) => Add(labels));
        _listener.SetMeasurementEventCallback<double>((_, _, labels, _) => Add(labels));
        _listener.Start();
    }

    /// <summary>The labels of each measurement, in order: <c>lane=calls urgent=false</c>; empty = it has none.</summary>
    public IReadOnlyList<string> Labels => [.. _labels];

    public void Dispose() => _listener.Dispose();

    private void Add(ReadOnlySpan<KeyValuePair<string, object?>> labels) => _labels.Enqueue(string.Join(' ', labels.ToArray().Select(label => $"{label.Key}={label.Value}")));
}
