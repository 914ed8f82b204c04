using NodaTime.Extensions;
using Npgsql;
using OnCall.Service.Escalation;
using OnCall.Service.Twilio;

namespace OnCall.Service.Outbox;

/// <summary>
/// Looks every second at Twilio's REST API once a request has failed, until it answers: so it is known to fail within seconds, and known to be back although
/// nobody asks it for anything. The other nodes are told: whom one of them cannot ring, no other may wait for.
/// </summary>
internal sealed partial class RestWatch(TwilioLink link, TwilioApi twilio, NpgsqlDataSource source, Node node, Work work, TimeProvider time, ILogger<RestWatch> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellingTakes = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await link.Suspected.WaitAsync(Timeout.InfiniteTimeSpan, time, stoppingToken);
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        var since = time.GetCurrentInstant();
        while (await FailureAsync(stop) is var failure and not RestFailure.None)
        {
            if (failure == RestFailure.NoCalls || time.GetCurrentInstant() - since >= TwilioLink.Patience)
            {
                await FoundAsync(failure, stop);
            }

            await Task.Delay(LookEvery, time, stop);
        }

        if (link.FailsHere)
        {
            await FoundAsync(RestFailure.None, stop);
        }
    }

    private async Task<RestFailure> FailureAsync(CancellationToken stop)
    {
        if (await twilio.AnswersAsync(time, stop))
        {
            return link.PlacesNoCalls ? RestFailure.NoCalls : RestFailure.None;
        }

        link.ForgetCalls();
        return RestFailure.NoAnswer;
    }

    private async Task FoundAsync(RestFailure failure, CancellationToken stop)
    {
        if (link.Fails(failure))
        {
            LogFound(failure switch
            {
                RestFailure.NoAnswer => "fails: officers who wait are led on by documents alone, and what is to go out waits",
                RestFailure.NoCalls => "places no calls: officers who wait are led on by documents alone, and calls that are to go out wait",
                _ => "answers again",
            });
            work.Enquiries();
        }

        if (work.HasOthers)
        {
            await TellAsync(failure != RestFailure.None, stop);
        }
    }

    private async Task TellAsync(bool failing, CancellationToken stop)
    {
        // A database that is away must not hold up the looks.
        using var enough = new CancellationTokenSource(TellingTakes, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, stop);
        try
        {
            await using var command = source.CreateCommand("SELECT pg_notify($1, $2)");
            command.Parameters.Add(new() { Value = EnquiryStore.WorkChannel });
            command.Parameters.Add(new() { Value = new NodeWord(node.Id, failing).ToString() });
            await command.ExecuteNonQueryAsync(either.Token);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogSilent(e);
        }
    }

    [LoggerMessage(EventId = 3041, Level = LogLevel.Error, Message = "Twilio's REST API {Found}")]
    private partial void LogFound(string found);

    [LoggerMessage(EventId = 3042, Level = LogLevel.Warning, Message = "The other nodes could not be told how Twilio's REST API is; they find out by themselves")]
    private partial void LogSilent(Exception e);
}
