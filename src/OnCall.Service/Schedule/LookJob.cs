using Quartz;

namespace OnCall.Service.Schedule;

/// <summary>Quartz says "look now"; what there is to do, and whether it is done already, the look finds out.</summary>
internal sealed class LookJob(RotaClock clock) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await clock.WokenAsync(cancellationToken);
}
