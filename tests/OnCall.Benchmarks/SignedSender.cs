using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using OnCall.Testing;

namespace OnCall.Benchmarks;

/// <summary>Sends webhooks as Twilio does, signed. Cheap: the service shares the machine with it.</summary>
internal sealed class SignedSender(Uri to) : IDisposable
{
    private static readonly byte[] Token = Encoding.UTF8.GetBytes(RunningService.AuthToken);

    private readonly string _to = to.GetLeftPart(UriPartial.Authority);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });

    /// <exception cref="InvalidOperationException">There is no answer, or no 2xx.</exception>
    public async Task<string> PostAsync(string target, IReadOnlyCollection<KeyValuePair<string, string>> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _to + target) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("X-Twilio-Signature", Sign(_to + target, fields));
        try
        {
            using var response = await _http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException e)
        {
            throw new InvalidOperationException($"{target.Split('?')[0]} was not answered as it should be: {e.Message}", e);
        }
    }

    public void Dispose() => _http.Dispose();

    [SuppressMessage("Security", "CA5350", Justification = "The algorithm is Twilio's.")]
    private static string Sign(string url, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var signed = new StringBuilder(url);
        foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            signed.Append(name).Append(value);
        }

        return Convert.ToBase64String(HMACSHA1.HashData(Token, Encoding.UTF8.GetBytes(signed.ToString())));
    }
}
