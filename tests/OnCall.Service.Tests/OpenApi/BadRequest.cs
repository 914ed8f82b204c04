using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>A request that must be refused.</summary>
/// <param name="Seed">From which it was made; the same description makes the same request of it again.</param>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Address">Path and query, sent as they stand here.</param>
/// <param name="Role">Whose key it carries; null = it carries none.</param>
internal sealed record BadRequest(int Seed, string Fault, string Method, string Address, string? Role)
{
    private const int Long = 1000;

    public byte[]? Body { get; init; }

    public string? Type { get; init; }

    public (string Name, string Value)? Header { get; init; }

    public HttpRequestMessage ToMessage(Uri service, IReadOnlyDictionary<string, string> keys)
    {
        var address = new Uri(service.GetLeftPart(UriPartial.Authority) + Address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(HttpMethod.Parse(Method), address);
        message.Headers.Authorization = Role is null ? null : new AuthenticationHeaderValue("Bearer", keys[Role]);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", Type);
        }

        if (Header is { } header)
        {
            message.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        return message;
    }

    /// <summary>All that is needed to send it again by hand; where it is long, its beginning: the seed makes it again.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {Seed} ({Fault}): {Method} {(Address.Length > Long ? Address[..Long] + "…" : Address)} as {Role ?? "nobody"}{(Header is { } header ? $", {header.Name}: {header.Value}" : "")}{(Body is null ? "" : $", {Type}, {Body.Length} bytes: {Shown(Body)}")}");

    private static string Shown(byte[] body)
    {
        var text = Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, Long)));
        return string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\x{(int)c:x2}"));
    }
}
