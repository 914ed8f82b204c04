using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;
using OnCall.Soak.Carrier;

namespace OnCall.Soak;

/// <summary>What is wrong with a world: nothing, unless a test plants something to see that it is caught.</summary>
internal sealed record Defect
{
    public static readonly Defect None = new();

    /// <summary>The book by which is decided, in place of the one in force.</summary>
    public Func<RotaBook, RotaBook> Book { get; init; } = book => book;

    /// <summary>The advisers who count as busy with other enquiries.</summary>
    public Func<IReadOnlySet<string>, IReadOnlySet<string>> Busy { get; init; } = busy => busy;

    /// <summary>What an enquiry is told in place of what happened.</summary>
    public Func<EnquiryEvent, EnquiryEvent> Told { get; init; } = happened => happened;

    /// <summary>What is decided; the enquiry is the one before.</summary>
    public Func<Enquiry, EnquiryEvent, Decision, Decision> Decided { get; init; } = (_, _, decision) => decision;

    /// <summary>Whether an effect that was stored is lost.</summary>
    public Func<Effect, bool> Loses { get; init; } = _ => false;

    /// <summary>Whether what the journal was to keep is lost; null = that a call is over.</summary>
    public Func<ChainFact?, bool> Forgets { get; init; } = _ => false;

    /// <summary>Whether nobody looks at the enquiry's deadline.</summary>
    public Func<Enquiry, bool> Oversleeps { get; init; } = _ => false;

    /// <summary>What a leg is told to do.</summary>
    public Func<Leg, IReadOnlyList<CallStep>, IReadOnlyList<CallStep>> Document { get; init; } = (_, steps) => steps;
}
