namespace OnCall.Service.Ops;

/// <summary>An address that a setting names.</summary>
internal static class WebAddress
{
    /// <summary>
    /// Takes an absolute address without query and fragment; https, but for a loopback host, since tokens and telephone numbers travel to it.
    /// Gives it back as written, without slashes at the end; null if it is something else.
    /// </summary>
    public static string? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? text.TrimEnd('/')
            : null;
}
