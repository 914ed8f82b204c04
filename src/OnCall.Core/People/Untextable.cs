namespace OnCall.Core.People;

/// <summary>Numbers that take no texts at this moment, and why: a text to them was refused or lost, or they asked for none.</summary>
public sealed class Untextable
{
    private readonly Dictionary<(PhoneNumber Number, PhoneNumber? Sender), string> _why = [];

    /// <param name="numbers">With the number from which they take none; null = from none at all. <c>Why</c> is the end of a sentence.</param>
    public Untextable(IEnumerable<(PhoneNumber Number, PhoneNumber? Sender, string Why)> numbers)
    {
        foreach (var (number, sender, why) in numbers)
        {
            _why[(number, sender)] = why;
        }
    }

    public static Untextable None { get; } = new([]);

    /// <summary>Why a number is not to be texted; null = it may be.</summary>
    public string? Why(PhoneNumber number, PhoneNumber sender) => _why.GetValueOrDefault((number, null)) ?? _why.GetValueOrDefault((number, sender));
}
