namespace OnCall.Core.Rotas.Documents;

/// <summary>What may stand at a place of the rota document. It is not written down a second time: the readers are asked (<see cref="DocumentShape"/>).</summary>
public abstract record Shape
{
    public sealed record Text(TextForm Form) : Shape;

    /// <summary>One of some words.</summary>
    public sealed record Choice(ValueList<string> Words) : Shape;

    /// <summary>A whole number, both ends included.</summary>
    public sealed record Whole(int Least, int Most) : Shape;

    public sealed record Flag : Shape;

    public sealed record List(Shape Items, bool MayBeEmpty) : Shape;

    /// <summary>A map with known keys and no others.</summary>
    public sealed record Map(ValueList<ShapeKey> Keys) : Shape;

    /// <summary>A map whose keys are the author's own; at least one.</summary>
    public sealed record Table(Shape Values) : Shape;
}

/// <summary>A key of a map.</summary>
/// <param name="What">What stands there, for authors.</param>
public sealed record ShapeKey(string Name, Shape Shape, string What, bool IsRequired);

/// <summary>How a text must be formed.</summary>
public enum TextForm
{
    Words,
    Id,

    /// <summary>The id of something else, which must be there.</summary>
    Reference,
    Phone,
    NumberPattern,
    Email,
    Language,
    Zone,

    /// <summary>A date, or a date and time, with or without an offset.</summary>
    Moment,
    Day,
    Clock,
    Length,
    Turn,

    /// <summary>The hours of a shift, from and to.</summary>
    Hours,

    /// <summary>Whom a policy notifies.</summary>
    Target,
    Digit,
}
