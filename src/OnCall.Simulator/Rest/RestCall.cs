using System.Globalization;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Rest;

/// <summary>A request to a resource: its parameters, read and checked.</summary>
internal sealed class RestCall(Account account, RestRequest request, IReadOnlyDictionary<string, string> route)
{
    public Account Account => account;

    public Parameters Form => request.Form;

    public Parameters Query => request.Query;

    /// <summary>The path and query as they came.</summary>
    public required string RawTarget { get; init; }

    /// <summary>A part of the path.</summary>
    public string Route(string name) => route[name];

    /// <summary>Names every parameter that means something here. Twilio ignores others; the strict simulator does not.</summary>
    public void Expect(string names)
    {
        var known = names.Split(' ');
        foreach (var name in Form.Select(p => p.Key).Where(n => !known.Contains(n, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal))
        {
            account.ReportStrict($"parameter {name} is unknown or not simulated", $"{request.Method} {request.Path}");
        }
    }

    public bool? Flag(string name) => Form[name] switch
    {
        null => null,
        "true" => true,
        "false" => false,
        var other => throw RestError.BadRequest(20001, $"{name} must be true or false, not {other}"),
    };

    public int? Number(string name, int least, int most) => Form[name] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n
        : throw RestError.BadRequest(20001, $"{name} must be from {least} to {most}, not {text}");

    /// <summary>An address with its method; null when it is not given.</summary>
    /// <exception cref="RestError">It is no absolute http(s) address: the code given.</exception>
    public Callback? Address(string name, int code, string? method = null)
    {
        if (Form[name] is not { Length: > 0 } url)
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Contains('_'))
        {
            throw RestError.BadRequest(code, $"{name} is not a valid URL: {url}");
        }

        return Callback.From(url, Form[method ?? name.Replace("Url", "", StringComparison.Ordinal) + "Method"]);
    }
}
