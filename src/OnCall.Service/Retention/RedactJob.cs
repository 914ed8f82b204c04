using Quartz;

namespace OnCall.Service.Retention;

/// <summary>The calendar says that it is time to redact at Twilio. What fails is done the next time.</summary>
[DisallowConcurrentExecution]
internal sealed partial class RedactJob(Redaction redaction, IHostApplicationLifetime life, ILogger<RedactJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await redaction.RunAsync(life.ApplicationStopping);
        }
        catch (Exception e) when (!life.ApplicationStopping.IsCancellationRequested)
        {
            LogFailed(e.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // The service stops; the rest is redacted the next time.
        }
    }

    [LoggerMessage(EventId = 7103, Level = LogLevel.Warning, Message = "Texts could not be redacted at Twilio ({Reason}); it is tried again in some minutes")]
    private partial void LogFailed(string reason);
}
