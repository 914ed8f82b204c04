using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Escalation;
using OnCall.Service.Escalation;
using OnCall.Service.Twilio;

namespace OnCall.Service.Outbox;

/// <summary>
/// Asks Twilio for the message of an officer who has hung up while it was to be left: the word of it comes once, and is lost where the service could not take it.
/// As a rule it comes by itself within seconds, so the first look waits.
/// </summary>
internal sealed class MessageFinder(Enquiries enquiries, OutboxStore outbox, TwilioApi twilio, TimeProvider time)
{
    /// <summary>Between looks; a recording may be listed some seconds late (https://www.twilio.com/docs/voice/api/recording).</summary>
    private static readonly Duration Wait = Duration.FromSeconds(10);

    private static readonly Duration LongestWait = Duration.FromMinutes(10);

    /// <summary>The first claim only waits; who hangs up without a word has left nothing to be found.</summary>
    private const int Claims = 3;

    public async Task FindAsync(Claimed claimed, Effect.FindMessage find, CancellationToken stop)
    {
        if ((await enquiries.FindAsync(claimed))?.Enquiry is not { Recording: null, Stage: not Stage.Closed })
        {
            await outbox.DeleteAsync(claimed.Id);
            return;
        }

        var (found, failed) = claimed.Attempts == 1 ? (null, false) : await LongestAsync(find.CallSid, stop);
        if (found is { } message)
        {
            await enquiries.HappenedAsync(claimed.EnquiryId, new EnquiryEvent.MessageLeft(find.CallSid, message.Sid, message.Length), claimed.Id);
        }
        else if (failed || claimed.Attempts < Claims)
        {
            await outbox.ReleaseAsync(claimed.Id, time.GetCurrentInstant() + Duration.Min(Wait * claimed.Attempts, LongestWait), null, stop);
        }
        else
        {
            await outbox.DeleteAsync(claimed.Id);
        }
    }

    private async Task<(TwilioRecording? Found, bool Failed)> LongestAsync(string callSid, CancellationToken stop)
    {
        try
        {
            var recordings = await twilio.ListRecordingsAsync(callSid, stop);
            return (recordings.Where(recording => recording is { Status: "completed" } && recording.Length > Duration.Zero).MaxBy(recording => recording.Length), false);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            // A refusal, too, may be taken back: a token or a permission is put right.
            return (null, true);
        }
    }
}
