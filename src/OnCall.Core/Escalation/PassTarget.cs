namespace OnCall.Core.Escalation;

/// <summary>To whom an enquiry is passed on.</summary>
public abstract record PassTarget
{
    private PassTarget()
    {
    }

    /// <summary>Another desk, or the same once more: its policy begins with the first step.</summary>
    public sealed record Desk(string Id) : PassTarget;

    /// <summary>One adviser, on duty or not, who is rung first; then the desk's policy begins with the first step.</summary>
    public sealed record Adviser(string Id) : PassTarget;
}
