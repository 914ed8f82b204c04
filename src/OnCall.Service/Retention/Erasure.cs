using NodaTime.Extensions;
using Npgsql;
using OnCall.Service.Ops;

namespace OnCall.Service.Retention;

/// <summary>
/// Erases what was kept long enough, in small transactions, each with its audit entry: what kind of thing, how many, of which enquiries, and by which rule. What is erased
/// stays known by its row; done twice, or by two nodes, nothing happens twice.
/// </summary>
internal sealed partial class Erasure(NpgsqlDataSource source, OnCallSettings settings, TimeProvider time, ILogger<Erasure> log)
{
    public const string Kind = "erased";

    /// <summary>So many rows are locked at once, for milliseconds.</summary>
    private const int AtOnce = 200;

    public async Task RunAsync(CancellationToken stop)
    {
        foreach (var rule in ErasureRule.At(time.GetCurrentInstant(), settings.KeepWords))
        {
            var (all, some) = (0L, 0L);
            do
            {
                some = await EraseAsync(rule, stop);
                all += some;
            }
            while (some == AtOnce && !stop.IsCancellationRequested);

            if (all > 0)
            {
                LogErased(all, rule.What, rule.Why);
            }
        }
    }

    private async Task<long> EraseAsync(ErasureRule rule, CancellationToken stop)
    {
        await using var command = source.CreateCommand($"""
            WITH {rule.Sql},
            audited AS (
              INSERT INTO audit (at, actor, source, kind, subject, ids, after)
              SELECT $3, 'oncall', 'calendar', $4, $5, coalesce(array_agg(DISTINCT enquiry::text) FILTER (WHERE enquiry IS NOT NULL), ARRAY[]::text[]),
                jsonb_build_object('count', count(*), 'rule', $6::text)
              FROM erased HAVING count(*) > 0)
            SELECT count(*) FROM erased
            """);
        foreach (var value in new object[] { rule.Before, (long)AtOnce, time.GetCurrentInstant(), Kind, rule.What, rule.Why })
        {
            command.Parameters.Add(new() { Value = value });
        }

        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    [LoggerMessage(EventId = 7101, Level = LogLevel.Information, Message = "Erased, as they were kept long enough: {Count} {What} ({Why})")]
    private partial void LogErased(long count, string what, string why);
}
