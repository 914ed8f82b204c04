using OnCall.Service.Ops;

namespace OnCall.Service.Audit;

/// <summary>Seals what was written down, every few seconds, and exports the head where a setting says so. It holds up nobody who writes.</summary>
internal sealed partial class AuditSealing(AuditChain chain, OnCallSettings settings, ILogger<AuditSealing> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private AuditHead? _exported;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var everywhere = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await chain.SealAsync(everywhere, stoppingToken) == AuditChain.LargestBatch)
                {
                }

                everywhere = false;
                await ExportAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // A matter of the machine, not of the duty's clock.
            await Task.Delay(LookEvery, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Also where another node has sealed: each node has its own file. A head that the chain no longer goes through is the proof that it was touched, and stays.</summary>
    internal async Task ExportAsync(CancellationToken stop)
    {
        if (settings.AuditHeadFile is not { } file || await chain.HeadAsync(stop) is not { } head || head == _exported)
        {
            return;
        }

        if (File.Exists(file) && await AuditHead.ReadAsync(file, stop) is { } before && !await chain.GoesThroughAsync(before, stop))
        {
            LogTouched(before.Sequence);
            return;
        }

        await head.WriteAsync(file, stop);
        _exported = head;
    }

    [LoggerMessage(EventId = 3202, Level = LogLevel.Critical, Message = "The chain of the audit no longer goes through the head that was exported last, of entry {Sequence}: it was changed or cut, or the database is another one. That head is kept, and none is exported.")]
    private partial void LogTouched(long sequence);

    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "The audit could not be sealed, or its head not exported; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
