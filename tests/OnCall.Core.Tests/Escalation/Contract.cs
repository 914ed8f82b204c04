namespace OnCall.Core.Tests.Escalation;

/// <summary>What is promised to those outside, word for word.</summary>
internal static class Contract
{
    public static readonly IReadOnlyList<string> TimelineEvents =
    [
        "received", "desk-chosen", "page-sent", "page-failed", "page-answered", "page-declined", "page-expired", "accepted", "escalated", "bridged",
        "message-in", "message-out", "callback-requested", "voicemail-left", "abandoned", "unanswered", "passed", "closed", "note",
    ];
}
