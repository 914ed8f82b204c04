using System.Globalization;

namespace OnCall.Service.Ops;

/// <summary>Settings are missing or wrong; each problem is one line that names the key and what it takes, never what stood there.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>
/// Reads settings and collects every problem, so that an operator mends all of them at once. A setting that is blank counts as
/// not there. Precedence, the last one wins: appsettings.json, appsettings.ENVIRONMENT.json, environment, command line.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _problems = [];

    /// <summary>A setting without which the service cannot run.</summary>
    /// <param name="takes">What the setting takes, as the end of the sentence "it takes …".</param>
    /// <param name="parse">Gives null for a wrong text.</param>
    public T Required<T>(string key, string takes, Func<string, T?> parse)
        where T : class
    {
        if (Text(key) is { } text)
        {
            return Parse(key, text, takes, parse)!;
        }

        Missing(key, takes);
        return null!;
    }

    /// <summary>A setting that may be left out.</summary>
    public T? Optional<T>(string key, string takes, Func<string, T?> parse, T? otherwise = null)
        where T : class =>
        Text(key) is { } text ? Parse(key, text, takes, parse) : otherwise;

    /// <summary>A number with both ends of its range included.</summary>
    public double Number(string key, string takes, double least, double most, double otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(key, takes);
        return otherwise;
    }

    public bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (!bool.TryParse(text, out var flag))
        {
            Wrong(key, "true or false");
        }

        return flag;
    }

    /// <summary>A list: <c>Key:0</c>, <c>Key:1</c>, … or one text with commas.</summary>
    public T List<T>(string key, string takes, Func<IReadOnlyList<string>, T?> parse, T otherwise)
        where T : class
    {
        var section = configuration.GetSection(key);
        var items = (section.Value?.Split(',') ?? section.GetChildren().Select(child => child.Value ?? ""))
            .Select(item => item.Trim()).Where(item => item.Length > 0).ToList();
        if (items.Count == 0)
        {
            return otherwise;
        }

        var list = parse(items);
        if (list is null)
        {
            Wrong(key, takes);
        }

        return list!;
    }

    /// <summary>The names of the settings, and of the sections, right below a section.</summary>
    public IReadOnlyList<string> Below(string section) => [.. configuration.GetSection(section).GetChildren().Select(child => child.Key)];

    /// <summary>Something is missing that no other method asks for.</summary>
    public void Missing(string key, string takes) => _problems.Add($"{key} is missing: it takes {takes}.");

    /// <summary>Something is wrong that no other method can see.</summary>
    public void Wrong(string key, string takes) => _problems.Add($"{key} is wrong: it takes {takes}.");

    /// <summary>Ends the reading.</summary>
    /// <exception cref="SettingsException">There were problems.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count > 0)
        {
            throw new SettingsException(_problems);
        }
    }

    private string? Text(string key) => configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private T? Parse<T>(string key, string text, string takes, Func<string, T?> parse)
        where T : class
    {
        var value = parse(text);
        if (value is null)
        {
            Wrong(key, takes);
        }

        return value;
    }
}
