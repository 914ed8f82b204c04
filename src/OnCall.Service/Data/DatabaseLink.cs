using System.Diagnostics.Metrics;
using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Service.Ops;

namespace OnCall.Service.Data;

/// <summary>
/// Whether the database can be reached, and writes: one that is read-only, or whose disk is full, is as good as none. A webhook that finds it away is told so within
/// three seconds, the first one too; from then on nobody waits for it any more, until it answers a look again.
/// </summary>
internal sealed partial class DatabaseLink : IDisposable
{
    /// <inheritdoc cref="Budget"/>
    public static readonly TimeSpan UsualBudget = TimeSpan.FromSeconds(1.8);

    /// <summary>How long a look at the database may take.</summary>
    private static readonly TimeSpan LookTakes = TimeSpan.FromSeconds(1);

    /// <summary>A file that grows shows whether anything can be written; the table is gone with its transaction, and nobody else sees it.</summary>
    private const string Look = "CREATE TEMPORARY TABLE oncall_look ON COMMIT DROP AS SELECT 1 AS written";

    private static readonly AsyncLocal<CancellationToken> AskersGivenUp = new();

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _looks;
    private readonly TimeProvider _time;
    private readonly ILogger<DatabaseLink> _log;
    private long _awaySince = long.MaxValue;
    private long _answersSince;

    public DatabaseLink(NpgsqlDataSource source, DatabaseSettings settings, IMeterFactory meters, TimeProvider time, ILogger<DatabaseLink> log)
    {
        (_source, _time, _log) = (source, time, log);
        _answersSince = time.GetCurrentInstant().ToUnixTimeTicks();

        // A connection of its own: one of the pool may be dead without knowing it.
        _looks = DataRoom.BuildSource(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, Timeout = 1, CommandTimeout = 1 }.ConnectionString);
        meters.Create(Metrics.MeterName).CreateObservableGauge(
            "oncall_database_away", () => IsAway ? 1 : 0, description: "1 = the database cannot be reached, and calls are answered from the book in memory; 0 = it answers.");
    }

    /// <summary>How long a webhook waits for what it asked the database. Tests wait longer while their database is there: their machine is busy with others.</summary>
    public TimeSpan Budget { get; set; } = UsualBudget;

    /// <summary>Called off once whoever asks at this moment has been told that the database is away: what happened stands in the journal then, and must not be told a second time, late.</summary>
    public static CancellationToken GivenUp => AskersGivenUp.Value;

    public bool IsAway => Volatile.Read(ref _awaySince) != long.MaxValue;

    /// <summary>Since when it is away; null = it is not.</summary>
    public Instant? AwaySince => Volatile.Read(ref _awaySince) is var ticks and not long.MaxValue ? Instant.FromUnixTimeTicks(ticks) : null;

    /// <summary>When it came back last; the start, if it never was away.</summary>
    public Instant AnswersSince => Instant.FromUnixTimeTicks(Volatile.Read(ref _answersSince));

    /// <summary>It was away, and answers again.</summary>
    public Escalation.Signal CameBack { get; } = new();

    /// <summary>It was found to be away.</summary>
    public Escalation.Signal WentAway { get; } = new();

    /// <summary>Asks the database something.</summary>
    /// <exception cref="DatabaseAwayException">It cannot be reached. A statement that was under way may be done all the same; none follows upon it.</exception>
    public async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        if (IsAway)
        {
            throw new DatabaseAwayException(null);
        }

        using var givenUp = new CancellationTokenSource();
        var token = givenUp.Token;
        var asked = Task.Run(() =>
        {
            AskersGivenUp.Value = token;
            return ask();
        });
        try
        {
            // Waiting for a server is not a matter of the duty's clock.
            return await asked.WaitAsync(Budget, TimeProvider.System);
        }
        catch (Exception e) when (MayBeAway(e))
        {
            _ = asked.ContinueWith(late => late.Exception, TaskScheduler.Default);
            if (await FailedAsync(e))
            {
                await givenUp.CancelAsync();
                throw new DatabaseAwayException(e);
            }

            throw;
        }
    }

    /// <summary>Something failed at the database: is it away?</summary>
    public async Task<bool> FailedAsync(Exception e)
    {
        if (!MayBeAway(e))
        {
            return false;
        }

        if (!IsAway && !await AnswersAsync() && Interlocked.CompareExchange(ref _awaySince, _time.GetCurrentInstant().ToUnixTimeTicks(), long.MaxValue) == long.MaxValue)
        {
            LogAway(e);
            WentAway.Set();
        }

        return IsAway;
    }

    /// <summary>Looks whether it is back, if it was away.</summary>
    public async Task LookAsync()
    {
        if (IsAway && await AnswersAsync())
        {
            // Connections of before are dead, whether they know it or not.
            _source.Clear();
            Volatile.Write(ref _answersSince, _time.GetCurrentInstant().ToUnixTimeTicks());
            Volatile.Write(ref _awaySince, long.MaxValue);
            LogBack();
            CameBack.Set();
        }
    }

    public void Dispose() => _looks.Dispose();

    private async Task<bool> AnswersAsync()
    {
        using var enough = new CancellationTokenSource(LookTakes, TimeProvider.System);
        try
        {
            await using var connection = await _looks.OpenConnectionAsync(enough.Token).AsTask().WaitAsync(enough.Token);
            await using var command = new NpgsqlCommand(Look, connection);
            await command.ExecuteNonQueryAsync(enough.Token).WaitAsync(enough.Token);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // It answers; whether it writes, this user may not find out.
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Whether a failure may come from a server that is gone, shuts down, starts or is full; not what it says of a statement.</summary>
    public static bool MayBeAway(Exception e) => e switch
    {
        PostgresException answer => answer.SqlState[..2] is "08" or "53" or "57" or "58" or "XX" or "25",
        DatabaseAwayException or NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException => true,
        _ => e.InnerException is { } inner && MayBeAway(inner),
    };

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "The database cannot be reached: calls are answered from the book in memory and written to the journal")]
    private partial void LogAway(Exception e);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "The database answers again")]
    private partial void LogBack();
}

/// <summary>The database cannot be reached.</summary>
internal sealed class DatabaseAwayException(Exception? cause) : Exception("The database cannot be reached.", cause);
