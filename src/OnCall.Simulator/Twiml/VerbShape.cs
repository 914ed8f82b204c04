using System.Collections.Frozen;
using System.Globalization;
using System.Xml.Linq;

namespace OnCall.Simulator.Twiml;

/// <summary>What an element may carry.</summary>
/// <param name="Attributes">
/// By name, what a value must be: <c>url</c>, <c>bool</c>, <c>text</c>, <c>words a b c</c> (any of them, spaced), <c>1-10</c> (a whole number),
/// or a choice <c>a|b</c>.
/// </param>
/// <param name="Children">The elements that may be inside.</param>
internal sealed record VerbShape(FrozenDictionary<string, string> Attributes, FrozenSet<string> Children)
{
    /// <summary>Why an attribute's value is not right; null when it is.</summary>
    public static string? Fault(string shape, XAttribute attribute)
    {
        var value = attribute.Value;
        var right = shape switch
        {
            "text" => true,
            "bool" => value is "true" or "false",
            "url" => value.Length == 0 || Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _),
            _ when shape.StartsWith("words ", StringComparison.Ordinal) => value.Split(' ').All(w => shape.Split(' ').Skip(1).Contains(w, StringComparer.Ordinal)),
            _ when shape.Split('-') is [var least, var most] && char.IsAsciiDigit(shape[0]) =>
                int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= int.Parse(least, CultureInfo.InvariantCulture) && n <= int.Parse(most, CultureInfo.InvariantCulture),
            _ => shape.Split('|').Contains(value, StringComparer.Ordinal),
        };
        return right ? null : $"{attribute.Parent!.Name} has {attribute.Name}=\"{value}\", which is not {shape}";
    }
}
