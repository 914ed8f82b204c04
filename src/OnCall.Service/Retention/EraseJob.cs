using Quartz;

namespace OnCall.Service.Retention;

/// <summary>The calendar says that it is time to erase. What fails is done the next time.</summary>
[DisallowConcurrentExecution]
internal sealed partial class EraseJob(Erasure erasure, IHostApplicationLifetime life, ILogger<EraseJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await erasure.RunAsync(life.ApplicationStopping);
        }
        catch (Exception e) when (!life.ApplicationStopping.IsCancellationRequested)
        {
            LogFailed(e);
        }
        catch (OperationCanceledException)
        {
            // The service stops; the rest is erased the next time.
        }
    }

    [LoggerMessage(EventId = 7102, Level = LogLevel.Error, Message = "What was kept long enough could not be erased; it is tried again the next time")]
    private partial void LogFailed(Exception e);
}
