namespace OnCall.Simulator.Telephony;

/// <summary>The states of a call, in Twilio's words. Source: https://www.twilio.com/docs/voice/api/call-resource (status).</summary>
internal static class CallStatus
{
    public const string Queued = "queued";
    public const string Initiated = "initiated";
    public const string Ringing = "ringing";
    public const string InProgress = "in-progress";
    public const string Completed = "completed";
    public const string Busy = "busy";
    public const string Failed = "failed";
    public const string NoAnswer = "no-answer";
    public const string Canceled = "canceled";

    public static readonly string[] All = [Queued, Ringing, InProgress, Completed, Busy, Failed, NoAnswer, Canceled];

    public static bool IsOver(string status) => status is Completed or Busy or Failed or NoAnswer or Canceled;
}
