using OnCall.Core.People;

namespace OnCall.Core.Schedule;

/// <summary>What becomes of telling somebody.</summary>
/// <param name="Person">The id of an adviser or a coordinator.</param>
public abstract record Notice(string Person)
{
    /// <summary>A text goes out.</summary>
    /// <param name="From">The number of the line from which it comes.</param>
    public sealed record Texted(string Person, PhoneNumber To, PhoneNumber From, string Body) : Notice(Person);

    /// <summary>No text can go out.</summary>
    /// <param name="Why">For the record, without a number.</param>
    public sealed record LeftOut(string Person, string Why) : Notice(Person);

    /// <param name="to">Null = takes no texts.</param>
    /// <param name="from">Null = the book has no line.</param>
    public static Notice Of(string person, PhoneNumber? to, PhoneNumber? from, string body) => (to, from) switch
    {
        (not { CanBeTexted: true }, _) => new LeftOut(person, "takes no texts"),
        (_, null) => new LeftOut(person, "there is no line to text from"),
        _ => new Texted(person, to, from, body),
    };
}
