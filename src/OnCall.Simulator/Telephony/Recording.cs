using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator;

/// <summary>A recorded message. Source: https://www.twilio.com/docs/voice/api/recording. Recordings shorter than a second are <c>absent</c> (16101): assumed (check 25).</summary>
public sealed class Recording
{
    private readonly Account account;

    internal Recording(Account account, Call call, DateTimeOffset began, Callback? told, bool audible)
    {
        this.account = account;
        From = call.From;
        CallSid = call.Sid;
        StartedAt = began;
        Length = account.Loop.Now - began;
        Audible = audible;
        account.Recordings.Add(this);
        account.Loop.After(account.Options.RecordingDelay, () => Complete(told));
    }

    public string Sid { get; } = Account.NewSid("RE");

    public string CallSid { get; }

    /// <summary>Who spoke.</summary>
    public string From { get; }

    public DateTimeOffset StartedAt { get; }

    public TimeSpan Length { get; }

    /// <summary><c>processing</c>, then <c>completed</c>, or <c>absent</c> when there was nothing to keep; <c>deleted</c>.</summary>
    public string Status { get; internal set; } = "processing";

    public int? ErrorCode { get; private set; }

    internal DateTimeOffset UpdatedAt { get; set; }

    internal bool Audible { get; }

    internal int Seconds => (int)Math.Round(Length.TotalSeconds);

    internal string Url => $"{account.ApiUrl}2010-04-01/Accounts/{account.Sid}/Recordings/{Sid}";

    internal Parameters Describe() => new Parameters()
        .Add("RecordingUrl", Url)
        .Add("RecordingSid", Sid)
        .Add("RecordingDuration", Seconds);

    private void Complete(Callback? told)
    {
        if (Status != "processing")
        {
            return;
        }

        (Status, ErrorCode) = Length < TimeSpan.FromSeconds(1) ? ("absent", 16101) : ("completed", (int?)null);
        UpdatedAt = account.Loop.Now;
        if (told is not null)
        {
            new CallbackLine(account, "recording", 11200).Send(told, Describe()
                .Add("AccountSid", account.Sid)
                .Add("CallSid", CallSid)
                .Add("RecordingStatus", Status)
                .Add("RecordingChannels", 1)
                .Add("RecordingStartTime", Rfc2822.Of(StartedAt))
                .Add("RecordingSource", "RecordVerb")
                .Add("RecordingTrack", "inbound")
                .Add("ErrorCode", ErrorCode));
        }
    }
}
