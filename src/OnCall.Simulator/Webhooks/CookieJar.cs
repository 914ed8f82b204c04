namespace OnCall.Simulator.Webhooks;

/// <summary>The cookies of one call: name and value are given back, the rest of a cookie's rules is not kept.</summary>
internal sealed class CookieJar
{
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);

    public void Put(HttpRequestMessage request)
    {
        if (cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
        }
    }

    public void Take(HttpResponseMessage response)
    {
        foreach (var line in response.Headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
        {
            if (line.Split(';')[0].Split('=', 2) is [var name, var value])
            {
                cookies[name.Trim()] = value.Trim();
            }
        }
    }
}
