namespace OnCall.Service.Twilio;

/// <summary>What became of something that Twilio was asked to do.</summary>
internal abstract record TwilioOutcome
{
    private TwilioOutcome()
    {
    }

    /// <summary>It was done.</summary>
    /// <param name="Sid">Of the call or message.</param>
    public sealed record Done(string Sid) : TwilioOutcome;

    /// <summary>It was not done, and asking again would not help.</summary>
    /// <param name="Code">Twilio's error code (twilio.com/docs/api/errors); 0 where it gave none.</param>
    public sealed record Refused(int Code, int HttpStatus, Refusal Kind) : TwilioOutcome;

    /// <summary>It was certainly not done, and the few tries of the pipeline are spent: ask again later.</summary>
    public sealed record RetryLater(string Why) : TwilioOutcome;

    /// <summary>It may have been done: no answer came that says so or denies it. Look before asking again.</summary>
    public sealed record Unknown(string Why) : TwilioOutcome;
}

/// <summary>Why Twilio refused, by what is to be done about it.</summary>
internal enum Refusal
{
    /// <summary>A fault of ours in the request.</summary>
    Other,

    /// <summary>The number cannot be reached this way: try the next one.</summary>
    BadNumber,

    /// <summary>The account, a sender or a permission is not set up: tell the operator.</summary>
    Configuration,

    /// <summary>Nobody is called from that number of ours: call from another, and tell the operator.</summary>
    Sender,

    /// <summary>The call is over already, or was never there: nothing is left to do.</summary>
    Gone,

    /// <summary>The recipient has sent STOP to this sender: no text until START; call instead.</summary>
    OptedOut,
}
