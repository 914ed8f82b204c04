using OnCall.Core.Escalation;

namespace OnCall.Core.Tests.Conversations;

/// <summary>What is wrong with the texts: nothing, unless a test plants something to see that it is caught.</summary>
internal sealed record TextDefect
{
    public static readonly TextDefect None = new();

    /// <summary>What is decided, in place of what Core decides.</summary>
    public Func<Enquiry?, EnquiryEvent?, Decision, Decision> Decided { get; init; } = (_, _, decision) => decision;

    /// <summary>Which text never comes to an enquiry.</summary>
    public Func<string, bool> Swallows { get; init; } = _ => false;
}
