namespace OnCall.Simulator;

/// <summary>A text, in or out. Source of states: https://www.twilio.com/docs/messaging/api/message-resource.</summary>
public sealed record TextMessage
{
    public required string Sid { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required string Body { get; set; }

    /// <summary><c>inbound</c>, <c>outbound-api</c> or <c>outbound-reply</c>.</summary>
    public required string Direction { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>queued, sending, sent, delivered, undelivered, failed; received for inbound ones.</summary>
    public required string Status { get; set; }

    /// <summary>Why it was not delivered.</summary>
    public int? ErrorCode { get; set; }

    public override string ToString() => $"{From} → {To} ({Status}): {Body}";
}

/// <summary>What becomes of a text on its way to a phone.</summary>
/// <param name="Status">The final state.</param>
/// <param name="ErrorCode">With <c>undelivered</c> and <c>failed</c>.</param>
public sealed record TextOutcome(string Status, int? ErrorCode)
{
    public static TextOutcome Delivered { get; } = new("delivered", ErrorCode: null);

    /// <summary>The carrier took it and never says more. Source: https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks.</summary>
    public static TextOutcome NoReceipt { get; } = new("sent", ErrorCode: null);

    /// <summary>A UK landline: carriers read the text out by a voice call and report delivery. Source: https://www.twilio.com/en-us/guidelines/gb/sms.</summary>
    public static TextOutcome Landline { get; } = new("delivered", ErrorCode: null);

    /// <summary>A negative receipt: 30003 unreachable, 30004 blocked, 30005 unknown, 30006 landline, 30007 filtered, 30008 unknown error.</summary>
    public static TextOutcome Undelivered(int code = 30003) => new("undelivered", code);

    /// <summary>It never left Twilio.</summary>
    public static TextOutcome Failed(int code = 30008) => new("failed", code);
}
