using System.Net;
using System.Text.Json;
using Polly.CircuitBreaker;
using Refit;

namespace OnCall.Service.Twilio;

/// <summary>
/// Judges answers to a POST. Twilio's POSTs of calls and messages are not idempotent and know no key: only what certainly was not processed (401, 429,
/// never connected) may be repeated; a time-out, a reset or a 5xx may have acted.
/// </summary>
internal static class TwilioVerdict
{
    /// <summary>Nothing was sent: no address, no connection, or no TLS.</summary>
    public static bool NeverConnected(Exception? failure) => failure
        is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        }

        // How SocketsHttpHandler says that its ConnectTimeout ran out; the client has no other time-out of its own.
        or TaskCanceledException { InnerException: TimeoutException };

    /// <summary>What a failed POST amounts to. The caller's own cancellation is not for this function.</summary>
    public static TwilioOutcome Of(Exception failure)
    {
        var cause = failure is ApiRequestException { InnerException: { } inner } ? inner : failure;
        return cause switch
        {
            ApiException answer => Of(answer.StatusCode, Code(answer.Content)),
            BrokenCircuitException => new TwilioOutcome.RetryLater("Twilio has failed again and again; it is left alone for some seconds"),
            _ when NeverConnected(cause) => new TwilioOutcome.RetryLater("no connection to Twilio"),
            _ => new TwilioOutcome.Unknown(cause.GetType().Name),
        };
    }

    /// <summary>What an error answer amounts to.</summary>
    public static TwilioOutcome Of(HttpStatusCode status, int code) => ((int)status, code) switch
    {
        // A 2xx arrives here when its body could not be read: Twilio did it, but did not say what.
        (not (>= 400 and < 500), _) => new TwilioOutcome.Unknown($"HTTP {(int)status}"),
        (429 or 409, _) or (_, 10004 or 16021 or 20409 or 21611) => new TwilioOutcome.RetryLater($"HTTP {(int)status}, code {code}"),

        // Nobody is refused by it but we: until the account's token is right again, no number and no call is at fault.
        (401, _) or (_, 10001 or 20003 or 20005) => new TwilioOutcome.RetryLater($"HTTP {(int)status}, code {code}: the account's token is refused, or the account is suspended"),
        _ => new TwilioOutcome.Refused(code, (int)status, Kind((int)status, code)),
    };

    private static Refusal Kind(int status, int code) => code switch
    {
        20404 or 21220 => Refusal.Gone,
        21610 => Refusal.OptedOut,
        21211 or 21214 or 21216 or 21217 or 21401 or 21612 or 21614 or 13223 or 13224 or 13225 or 13226 => Refusal.BadNumber,
        13247 or 21210 or 21212 or 32017 => Refusal.Sender,
        11100 or 13227 or 21205 or 21215 or 21219 or 21408 or 21603 or 21606 or 21608 or 21609 or 21703 or 21704 or 21705 => Refusal.Configuration,
        _ => status switch
        {
            404 => Refusal.Gone,
            403 => Refusal.Configuration,
            _ => Refusal.Other,
        },
    };

    /// <summary>The <c>code</c> of <c>{"code":21211,"message":"…","status":400}</c>; 0 where there is none.</summary>
    private static int Code(string? body)
    {
        try
        {
            using var json = JsonDocument.Parse(body ?? "");
            return json.RootElement.TryGetProperty("code", out var code) && code.TryGetInt32(out var number) ? number : 0;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return 0;
        }
    }
}
