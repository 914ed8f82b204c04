using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Service.Data;
using OnCall.Service.Twilio;

namespace OnCall.Service.Messages;

/// <summary>
/// Asks Twilio, at start and every minute, which texts came in, and handles those of which no word came: Twilio tells of a text a few times within seconds and then never
/// again, whoever was away (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides). One node at a time looks.
/// </summary>
internal sealed partial class MissedTexts(
    TextWebhooks texts, ToldTexts told, TwilioApi twilio, TwilioLink link, DatabaseLink database, NpgsqlDataSource source,
    LineNumbers numbers, TimeProvider time, ILogger<MissedTexts> log) : BackgroundService
{
    /// <summary>The advisory lock of the node that looks.</summary>
    public const long LookLock = 7032;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>So long the word of a text may still come by itself.</summary>
    private static readonly Duration OnItsWay = Duration.FromSeconds(45);

    /// <summary>A look goes so far back behind the one before: Twilio's list may show a text late.</summary>
    private static readonly Duration Overlap = Duration.FromMinutes(5);

    /// <summary>No text is looked for that is older.</summary>
    public static readonly Duration FurthestBack = Duration.FromDays(1);

    /// <summary>An older command is not obeyed.</summary>
    private static readonly Duration CommandsAreGoodFor = Duration.FromMinutes(10);

    private Instant? _lookedUntil;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!database.IsAway && !link.IsSilentHere)
                {
                    await LookAsync(stoppingToken);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().Name);
            }

            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Handles what came in and was not handled.</summary>
    /// <returns>False = it was not looked: somebody else looks at this moment.</returns>
    public async Task<bool> LookAsync(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var lockIt = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = LookLock } } };
        if (await lockIt.ExecuteScalarAsync(stop) is not true)
        {
            return false;
        }

        var now = time.GetCurrentInstant();

        // The last text that was handled says nothing of those before it: its word may have come between the start and the first look that Twilio answered.
        if ((_lookedUntil ?? await told.SinceAsync(stop)) is not { } last || await HandleAllAsync(Instant.Max(last - Overlap, now - FurthestBack), now, stop))
        {
            _lookedUntil = now;
        }

        await told.ForgetAsync(now - (2 * FurthestBack), stop);
        return true;
    }

    /// <param name="since">Twilio's dates have whole seconds, and its clock is not ours: the overlap is longer than both.</param>
    /// <returns>False = one of them could not be handled: it must not stand in the way of the others, and the next look goes as far back.</returns>
    private async Task<bool> HandleAllAsync(Instant since, Instant now, CancellationToken stop)
    {
        var came = new List<TwilioMessage>();
        foreach (var number in numbers())
        {
            came.AddRange((await twilio.ListReceivedAsync(number, since, stop))
                .Where(text => text.DateCreated >= since && text.DateCreated < now - OnItsWay));
        }

        var missed = came.Count == 0 ? new HashSet<string>() : await told.UntoldAsync([.. came.Select(text => text.Sid)], stop);
        var allWell = true;
        foreach (var text in came.Where(text => missed.Contains(text.Sid)).OrderBy(text => text.DateCreated))
        {
            try
            {
                LogMissed(text.Sid);
                await texts.HandleAsync(new HeldText(TextTold.Received, null, text.Form), text.DateCreated ?? now, CommandsAreGoodFor, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogNotHandled(text.Sid, e);
                allWell = false;
            }
        }

        return allWell;
    }

    [LoggerMessage(EventId = 5051, Level = LogLevel.Warning, Message = "No word came of the text {Text}; Twilio's list has it, and it is handled now")]
    private partial void LogMissed(string text);

    [LoggerMessage(EventId = 5053, Level = LogLevel.Error, Message = "The text {Text}, of which no word came, could not be handled; it is tried again in a minute")]
    private partial void LogNotHandled(string text, Exception e);

    [LoggerMessage(EventId = 5052, Level = LogLevel.Warning, Message = "It could not be looked whether texts came of which there was no word ({Reason}); it is looked again in a minute")]
    private partial void LogFailed(string reason);
}
