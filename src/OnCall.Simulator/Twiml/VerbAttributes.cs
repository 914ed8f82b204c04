using System.Globalization;
using System.Xml.Linq;

namespace OnCall.Simulator.Twiml;

/// <summary>Reads attributes with their defaults; a value that is not right counts as absent (it was warned of before).</summary>
internal static class VerbAttributes
{
    public static string? Text(this XElement verb, string name) => verb.Attribute(name)?.Value;

    public static int Number(this XElement verb, string name, int otherwise) =>
        int.TryParse(verb.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : otherwise;

    public static bool Flag(this XElement verb, string name, bool otherwise) => verb.Text(name) switch
    {
        "true" => true,
        "false" => false,
        _ => otherwise,
    };

    public static TimeSpan Seconds(this XElement verb, string name, int otherwise) => TimeSpan.FromSeconds(verb.Number(name, otherwise));

    public static HttpMethod Method(this XElement verb, string name = "method") => verb.Text(name) == "GET" ? HttpMethod.Get : HttpMethod.Post;

    /// <summary>The words inside, with runs of white space as one space.</summary>
    public static string Words(this XElement verb) => string.Join(' ', verb.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
