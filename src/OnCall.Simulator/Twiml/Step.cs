namespace OnCall.Simulator.Twiml;

/// <summary>What comes after a verb.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    /// <summary>The verb after it in the document.</summary>
    public sealed record Next : Step
    {
        public static Next Verb { get; } = new();
    }

    /// <summary>Another document; the rest of this one never runs.</summary>
    public sealed record Go(Fetch Fetch) : Step;

    /// <summary>The run is over.</summary>
    public sealed record Stop(TwimlEnd End) : Step;
}

/// <summary>How a run ended.</summary>
internal enum TwimlEnd
{
    /// <summary>There was nothing left to do in the last document.</summary>
    Document,

    /// <summary>A Hangup, a Reject, or the sentence of an application error.</summary>
    HungUp,

    /// <summary>A Leave in the document of a waiting caller.</summary>
    Left,

    /// <summary>A document could not be had or run, and there was no fallback.</summary>
    Failed,
}
