using System.Text;
using OnCall.Service.Ops;

namespace OnCall.Service.Calls;

/// <summary>Where the static document for Twilio's fallback address is put.</summary>
internal abstract record FallbackTarget
{
    private FallbackTarget()
    {
    }

    /// <summary>Reads a path, or an address with http or https; null = an address that is none.</summary>
    public static FallbackTarget? Parse(string text)
    {
        var isWeb = text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        return isWeb
            ? Uri.TryCreate(text, UriKind.Absolute, out var uri) ? new ByPut(uri) : null
            : text.Contains("://", StringComparison.Ordinal) ? null : new InFile(text);
    }

    /// <summary>Reads a setting, more strictly: telephone numbers travel by https, but to a loopback host, and the folder of a file must be there.</summary>
    public static FallbackTarget? ParseSetting(string text) => Parse(text) switch
    {
        ByPut { Address: { IsLoopback: false, Scheme: not "https" } } => null,
        InFile { Path: var path } when !Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))) => null,
        var target => target,
    };

    /// <summary>Puts the document there, in place of the one that was.</summary>
    /// <returns>Null = it is there; else what is wrong, as a sentence.</returns>
    public abstract Task<string?> WriteAsync(string document, HttpClient http, CancellationToken stop);

    public sealed record InFile(string Path) : FallbackTarget
    {
        public override async Task<string?> WriteAsync(string document, HttpClient http, CancellationToken stop)
        {
            try
            {
                await WholeFile.WriteAsync(Path, document, stop);
                return null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return $"the file cannot be written: {e.Message}";
            }
        }
    }

    public sealed record ByPut(Uri Address) : FallbackTarget
    {
        public override async Task<string?> WriteAsync(string document, HttpClient http, CancellationToken stop)
        {
            using var content = new StringContent(document, Encoding.UTF8, "text/xml");
            try
            {
                using var response = await http.PutAsync(Address, content, stop);
                return response.IsSuccessStatusCode ? null : $"the address answered {(int)response.StatusCode}; it must take HTTP PUT.";
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !stop.IsCancellationRequested))
            {
                return $"the address cannot be reached: {e.Message}";
            }
        }
    }
}
