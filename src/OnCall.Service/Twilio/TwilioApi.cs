using Microsoft.AspNetCore.WebUtilities;
using NodaTime;
using NodaTime.Text;

namespace OnCall.Service.Twilio;

/// <summary>
/// Twilio's REST API in our words. What asks Twilio to act answers with a <see cref="TwilioOutcome"/>; what only reads throws where Twilio
/// is away or refuses.
/// </summary>
internal sealed partial class TwilioApi(ITwilioRest rest, ILogger<TwilioApi> log)
{
    /// <summary>As many as one page of a list holds here: nobody is called more often by one number within the minutes that matter.</summary>
    private const int PageSize = 50;

    /// <summary>Source: https://www.twilio.com/docs/usage/twilios-response#pagination.</summary>
    private const int LargestPage = 1000;

    private static readonly InstantPattern Day = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd");

    /// <summary>How long a look may take.</summary>
    private static readonly TimeSpan LookTakes = TimeSpan.FromSeconds(5);

    /// <summary>Whether Twilio answers a small question, be it with a refusal; one that refuses the account's token answers nothing.</summary>
    public async Task<bool> AnswersAsync(TimeProvider time, CancellationToken stop)
    {
        using var enough = new CancellationTokenSource(LookTakes, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, stop);
        try
        {
            await rest.LookAsync(1, either.Token);
            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return TwilioVerdict.Of(e) is TwilioOutcome.Refused;
        }
    }

    public Task<TwilioOutcome> PlaceCallAsync(NewCall call, CancellationToken stop) =>
        DoAsync(async () => (await rest.CreateCallAsync(call, stop)).Sid, stop);

    /// <summary>Has a live call run another document at once. May be repeated.</summary>
    public Task<TwilioOutcome> RedirectCallAsync(string sid, string url, CancellationToken stop) =>
        DoAsync(async () => (await rest.UpdateCallAsync(sid, new CallUpdate { Url = url }, stop)).Sid, stop);

    /// <summary>Ends a call in whatever state it is. May be repeated.</summary>
    /// <param name="unlessAnswered">Then a call that is under way goes on (https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource, Status).</param>
    public Task<TwilioOutcome> EndCallAsync(string sid, bool unlessAnswered, CancellationToken stop) =>
        DoAsync(async () => (await rest.UpdateCallAsync(sid, new CallUpdate { Status = unlessAnswered ? "canceled" : "completed" }, stop)).Sid, stop);

    public Task<TwilioOutcome> SendTextAsync(NewText text, CancellationToken stop) =>
        DoAsync(async () => (await rest.CreateMessageAsync(text, stop)).Sid, stop);

    /// <summary>How a call stands; where Twilio does not say, why.</summary>
    public async Task<(string? Status, TwilioOutcome? Failure)> FetchStatusAsync(string sid, CancellationToken stop)
    {
        try
        {
            return ((await rest.FetchCallAsync(sid, stop)).Status, null);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            return (null, TwilioVerdict.Of(e));
        }
    }

    /// <summary>The newest calls to a number; one that was just placed may be missing for a moment.</summary>
    public async Task<IReadOnlyList<TwilioCall>> ListCallsAsync(string to, CancellationToken stop) =>
        (await rest.ListCallsAsync(to, PageSize, stop)).Calls;

    /// <summary>The calls that came in for a number on or after the day of an instant (UTC, as Twilio's), the newest first, at most a thousand.</summary>
    public async Task<IReadOnlyList<TwilioCall>> ListReceivedCallsAsync(string number, Instant since, CancellationToken stop) =>
        [.. (await rest.ListCallsSinceAsync(number, Day.Format(since), LargestPage, stop)).Calls.Where(call => call.IsInbound)];

    /// <summary>The calls that a call's documents dialled.</summary>
    public async Task<IReadOnlyList<TwilioCall>> ListDialledAsync(string callSid, CancellationToken stop) => (await rest.ListDialledAsync(callSid, stop)).Calls;

    public Task<TwilioCall> FetchCallAsync(string sid, CancellationToken stop) => rest.FetchCallAsync(sid, stop);

    /// <summary>The newest texts between two numbers; one that was just sent may be missing for a moment.</summary>
    public async Task<IReadOnlyList<TwilioMessage>> ListMessagesAsync(string to, string from, CancellationToken stop) =>
        (await rest.ListMessagesAsync(to, from, PageSize, stop)).Messages;

    /// <summary>The texts that came in for a number on or after the day of an instant (UTC, as Twilio's), the newest first, at most a thousand.</summary>
    public async Task<IReadOnlyList<TwilioMessage>> ListReceivedAsync(string number, Instant since, CancellationToken stop)
    {
        var list = await rest.ListMessagesSinceAsync(number, Day.Format(since), LargestPage, stop);
        return [.. list.Messages.Where(text => text.IsInbound)];
    }

    /// <summary>All texts to and from a number of the account on or after the day of an instant (UTC, as Twilio's).</summary>
    public async Task<IReadOnlyList<TwilioMessage>> ListSinceAsync(string number, Instant since, CancellationToken stop)
    {
        var texts = new List<TwilioMessage>();
        foreach (var list in new[] { rest.ListMessagesSinceAsync, rest.ListMessagesFromSinceAsync })
        {
            var page = await list(number, Day.Format(since), LargestPage, stop);
            texts.AddRange(page.Messages);
            while (page.NextPageUri is { } next)
            {
                page = await rest.ListMessagesPageAsync(QueryHelpers.ParseQuery(next[next.IndexOf('?', StringComparison.Ordinal)..]).ToDictionary(part => part.Key, part => part.Value.ToString()), stop);
                texts.AddRange(page.Messages);
            }
        }

        return texts;
    }

    /// <summary>Empties the body of a text. May be repeated.</summary>
    public Task<TwilioOutcome> RedactTextAsync(string sid, CancellationToken stop) => DoAsync(async () => (await rest.UpdateMessageAsync(sid, new TextUpdate(), stop)).Sid, stop);

    /// <summary>The account's number, or null if it has none such.</summary>
    public async Task<TwilioNumber?> FindNumberAsync(string number, CancellationToken stop) =>
        (await rest.ListNumbersAsync(number, stop)).IncomingPhoneNumbers.FirstOrDefault(found => found.PhoneNumber == number);

    public Task<TwilioNumber> UpdateNumberAsync(string sid, NumberAddresses addresses, CancellationToken stop) =>
        rest.UpdateNumberAsync(sid, addresses, stop);

    /// <summary>What was recorded of a call; one that was made a moment ago may be missing.</summary>
    public async Task<IReadOnlyList<TwilioRecording>> ListRecordingsAsync(string callSid, CancellationToken stop) => (await rest.ListRecordingsAsync(callSid, stop)).Recordings;

    /// <summary>What was recorded on or after the day of an instant (UTC, as Twilio's) and is still there, at most a thousand.</summary>
    public async Task<IReadOnlyList<TwilioRecording>> ListRecordingsSinceAsync(Instant since, CancellationToken stop) =>
        (await rest.ListRecordingsSinceAsync(Day.Format(since), LargestPage, stop)).Recordings;

    /// <summary>A recording as WAV. One that was made a moment ago may not be there yet.</summary>
    public async Task<byte[]> FetchRecordingAsync(string sid, CancellationToken stop)
    {
        using var sound = await rest.FetchRecordingAsync(sid, stop);
        return await sound.ReadAsByteArrayAsync(stop);
    }

    /// <summary>Deletes a recording. May be repeated.</summary>
    public Task<TwilioOutcome> DeleteRecordingAsync(string sid, CancellationToken stop) =>
        DoAsync(
            async () =>
            {
                await rest.DeleteRecordingAsync(sid, stop);
                return sid;
            },
            stop);

    private async Task<TwilioOutcome> DoAsync(Func<Task<string>> post, CancellationToken stop)
    {
        try
        {
            return new TwilioOutcome.Done(await post());
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            var outcome = TwilioVerdict.Of(e);
            if (outcome is TwilioOutcome.Refused { Kind: Refusal.Configuration or Refusal.Sender } refused)
            {
                LogNotSetUp(refused.Code, refused.Kind);
            }

            return outcome;
        }
    }

    [LoggerMessage(EventId = 1104, Level = LogLevel.Error, Message = "Twilio refuses what the account, a number of ours or a permission is not set up for: code {Code}, {Kind}")]
    private partial void LogNotSetUp(int code, Refusal kind);
}
