using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace OnCall.Service.Twilio;

/// <summary>
/// What a signed webhook says. A handler takes it as a parameter. Names are ordinal and repeats are kept, unlike in
/// <see cref="IFormCollection"/>, because the signature covers every byte of both.
/// </summary>
internal sealed class TwilioForm
{
    private readonly ILookup<string, string> _values;

    private TwilioForm(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        Fields = fields;
        _values = fields.ToLookup(field => field.Key, field => field.Value, StringComparer.Ordinal);
    }

    public static TwilioForm Empty { get; } = new([]);

    /// <summary>A form that was kept.</summary>
    public static TwilioForm Of(IReadOnlyList<KeyValuePair<string, string>> fields) => new(fields);

    /// <summary>Every field, in the order in which it was sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; }

    /// <summary>The first value of the name, empty if it was sent empty; null if it was not sent.</summary>
    public string? this[string name] => _values[name].FirstOrDefault();

    /// <summary>What was keyed in; null = nothing.</summary>
    public string? Digits => this["Digits"] is { Length: > 0 } digits ? digits : null;

    /// <summary>Reads <c>application/x-www-form-urlencoded</c> text; null if a name in it is longer than 2048 characters.</summary>
    public static TwilioForm? Parse(string text)
    {
        List<KeyValuePair<string, string>> fields = [];
        using var reader = new FormReader(text);
        try
        {
            while (reader.ReadNextPair() is { } field)
            {
                fields.Add(field);
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return new TwilioForm(fields);
    }

    /// <summary>Hands the form to a handler; the signature check has put it there.</summary>
    public static ValueTask<TwilioForm> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.GetRequiredFeature<TwilioForm>());
}
