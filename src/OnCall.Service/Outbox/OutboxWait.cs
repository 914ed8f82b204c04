using System.Diagnostics.Metrics;
using OnCall.Service.Ops;

namespace OnCall.Service.Outbox;

/// <summary>Measures how long calls, texts and changes of calls wait for their turn, above all for the account's rate: whether that is too low is seen here first.</summary>
internal sealed class OutboxWait(IMeterFactory meters)
{
    private readonly Histogram<double> _waits = meters.Create(Metrics.MeterName).CreateHistogram(
        "oncall_outbox_wait",
        unit: "s",
        description: "How long after it was due an effect was begun.",
        tags: null,
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 900] });

    public void Began(Lane lane, bool urgent, TimeSpan waited) => _waits.Record(waited.TotalSeconds, new("lane", NameOf(lane)), new("urgent", urgent ? "true" : "false"));

    private static string NameOf(Lane lane) => lane switch
    {
        Lane.Calls => "calls",
        Lane.Texts => "texts",
        _ => "changes",
    };
}
