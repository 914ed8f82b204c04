using OnCall.Service.Ops;

namespace OnCall.Service.Twilio;

/// <summary>The numbers, in E.164 form, that the account's settings are to lead to us: of every line, for calls and for texts.</summary>
internal delegate IReadOnlySet<string> LineNumbers();

/// <summary>
/// Sets and checks, at start and hourly, where calls and texts to the lines' numbers lead, so that a setting lost in Twilio's console is found before
/// an officer finds it. A failure is a warning, never a reason to stop.
/// </summary>
internal sealed partial class TwilioNumbers(
    TwilioSettings twilio, OnCallSettings onCall, TwilioAddresses addresses, TwilioApi api, LineNumbers lines, TimeProvider time, ILogger<TwilioNumbers> log)
    : BackgroundService
{
    private NumberAddresses Wanted => new()
    {
        VoiceUrl = addresses.Of("/twilio/voice"),
        SmsUrl = addresses.Of("/twilio/sms"),
        StatusCallback = addresses.Of("/twilio/status/call"),
        VoiceFallbackUrl = onCall.FallbackUrl,
        VoiceFallbackMethod = onCall.FallbackUrl is null ? null : "GET",
        SmsFallbackUrl = onCall.FallbackUrl,
        SmsFallbackMethod = onCall.FallbackUrl is null ? null : "GET",
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!twilio.ManageNumbers)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        do
        {
            await CheckAllAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CheckAllAsync(CancellationToken stop)
    {
        foreach (var number in lines())
        {
            try
            {
                await CheckAsync(number, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                CouldNotCheck(EndingOf(number), e.GetType().Name);
            }
        }
    }

    private async Task CheckAsync(string number, CancellationToken stop)
    {
        if (await api.FindNumberAsync(number, stop) is not { } found)
        {
            NotInAccount(EndingOf(number));
            return;
        }

        if (!IsAsWanted(found, Wanted))
        {
            await api.UpdateNumberAsync(found.Sid, Wanted, stop);
            Corrected(found.Sid);
        }
    }

    private static bool IsAsWanted(TwilioNumber found, NumberAddresses wanted) =>
        (found.VoiceUrl, found.VoiceMethod) == (wanted.VoiceUrl, wanted.VoiceMethod)
        && (found.SmsUrl, found.SmsMethod) == (wanted.SmsUrl, wanted.SmsMethod)
        && (found.StatusCallback, found.StatusCallbackMethod) == (wanted.StatusCallback, wanted.StatusCallbackMethod)
        && (wanted.VoiceFallbackUrl is null
            || ((found.VoiceFallbackUrl, found.VoiceFallbackMethod) == (wanted.VoiceFallbackUrl, wanted.VoiceFallbackMethod)
                && (found.SmsFallbackUrl, found.SmsFallbackMethod) == (wanted.SmsFallbackUrl, wanted.SmsFallbackMethod)));

    /// <summary>Enough to tell the lines apart; no number stands in the log, not even one that is published.</summary>
    private static string EndingOf(string number) => number[^4..];

    [LoggerMessage(1101, LogLevel.Warning, "The line that ends in {Ending} could not be checked at Twilio: {Reason}. Where its calls and texts lead stays as it is for now.")]
    private partial void CouldNotCheck(string ending, string reason);

    [LoggerMessage(1102, LogLevel.Warning, "The line that ends in {Ending} is not a number of the Twilio account: nobody will reach it.")]
    private partial void NotInAccount(string ending);

    [LoggerMessage(1103, LogLevel.Information, "The addresses of the number {Sid} were set at Twilio.")]
    private partial void Corrected(string sid);
}
