using NodaTime;

namespace OnCall.Core.Duty.Checks;

/// <summary>When advisers on call were called, and so were at work.</summary>
public sealed class CallsTaken
{
    private readonly ILookup<string, Stretch> _byAdviser;

    /// <param name="calls">Each from an adviser's picking up, inclusive, to the end of the talk, exclusive; in any order.</param>
    public CallsTaken(IEnumerable<(string Adviser, Instant Start, Instant End)> calls) =>
        _byAdviser = calls.Where(call => call.Start < call.End).ToLookup(call => call.Adviser, call => new Stretch(call.Start, call.End));

    /// <summary>For documents, of which nobody knows who was called.</summary>
    public static CallsTaken None { get; } = new([]);

    internal IEnumerable<string> Advisers => _byAdviser.Select(calls => calls.Key);

    internal IEnumerable<Stretch> Of(string adviser) => _byAdviser[adviser];
}
