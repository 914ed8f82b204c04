namespace OnCall.Service.Escalation;

/// <summary>Reads what people wrote, and collects what is wrong with it.</summary>
internal sealed class SentWords
{
    /// <summary>The most characters of a few words.</summary>
    public const int Short = 200;

    /// <summary>The most characters of a note.</summary>
    public const int Long = 2000;

    private readonly Dictionary<string, string[]> _wrong = [];

    public IResult? Refusal => _wrong.Count == 0 ? null : Results.ValidationProblem(_wrong);

    public string Required(string name, string? text, int most, string wanted)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            _wrong[name] = [$"{name} is missing: {wanted}."];
        }

        return Optional(name, text, most) ?? "";
    }

    /// <summary>Without blanks around it; null = nothing was written.</summary>
    public string? Optional(string name, string? text, int most)
    {
        var words = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        if (words?.Length > most)
        {
            _wrong[name] = [$"{name} takes at most {most} characters."];
        }
        else if (words?.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) == true)
        {
            _wrong[name] = [$"{name} holds control characters: leave them out."];
        }

        return words;
    }
}
