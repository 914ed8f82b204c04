using System.Globalization;
using System.Text;

namespace OnCall.Simulator.Webhooks;

/// <summary>Form parameters in order; a name may come more than once.</summary>
public sealed class Parameters : List<KeyValuePair<string, string>>
{
    public Parameters()
    {
    }

    internal Parameters(IEnumerable<KeyValuePair<string, string>> from)
        : base(from)
    {
    }

    /// <summary>The first value of a name; null if there is none.</summary>
    public string? this[string name] => this.FirstOrDefault(p => p.Key == name).Value;

    /// <summary>Every value of a name.</summary>
    public IEnumerable<string> All(string name) => this.Where(p => p.Key == name).Select(p => p.Value);

    public bool Has(string name) => Exists(p => p.Key == name);

    /// <summary>Adds a parameter; null is left out.</summary>
    public Parameters Add(string name, string? value)
    {
        if (value is not null)
        {
            Add(new KeyValuePair<string, string>(name, value));
        }

        return this;
    }

    internal Parameters Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    internal Parameters Add(string name, bool value) => Add(name, value ? "true" : "false");

    internal Parameters AddRange(Parameters? others)
    {
        base.AddRange(others ?? []);
        return this;
    }

    internal string Encode()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in this)
        {
            text.Append(text.Length > 0 ? "&" : "").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    /// <summary>Reads a form body or a query string: <c>+</c> is a space, repeated names stay.</summary>
    internal static Parameters Decode(string encoded) => new(encoded
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => KeyValuePair.Create(Plain(pair[0]), pair.Length > 1 ? Plain(pair[1]) : "")));

    private static string Plain(string encoded) => Uri.UnescapeDataString(encoded.Replace('+', ' '));
}
