namespace OnCall.Simulator.Webhooks;

/// <summary>An address of the customer's server and how it is asked.</summary>
internal sealed record Callback(string Url, HttpMethod Method)
{
    /// <summary>Null when there is no address; the method is POST unless told.</summary>
    public static Callback? From(string? url, string? method) =>
        string.IsNullOrWhiteSpace(url) ? null : new Callback(url, string.Equals(method, "GET", StringComparison.OrdinalIgnoreCase) ? HttpMethod.Get : HttpMethod.Post);
}
