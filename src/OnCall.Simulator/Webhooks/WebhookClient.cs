using System.Net;
using System.Net.Sockets;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;

namespace OnCall.Simulator.Webhooks;

/// <summary>
/// Asks the customer's server as Twilio does: signed, with retries as the address's fragment says, 15 s in all.
/// Assumed: a retry follows at once (check 31); a request whose call has gone is not broken off (check 32); TwiML got by GET is not kept (check 33).
/// Sources: https://www.twilio.com/docs/usage/webhooks/webhooks-overview, https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private const int MostRedirects = 10;
    private const int MostBytes = 64 * 1024;
    private static readonly HttpRequestOptionsKey<CancellationToken> ConnectLimit = new("connect-limit");
    private readonly Account account;
    private readonly HttpClient client;

    public WebhookClient(Account account)
    {
        this.account = account;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectCallback = ConnectAsync }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private EventLoop Loop => account.Loop;

    /// <summary>Makes the request and its retries. Runs inside the loop.</summary>
    public async Task<WebhookAnswer> SendAsync(string kind, Callback callback, Parameters parameters, CookieJar? cookies, CancellationToken cancellation, string? token = null)
    {
        CheckAddress(callback.Url);
        var rules = RetryRules.Of(callback.Url, (code, text) => account.Report(code, text, callback.Url));
        var started = Loop.Now;
        token ??= Guid.NewGuid().ToString();
        for (var attempt = 1; ; attempt++)
        {
            var left = started + rules.Total - Loop.Now;
            var log = new WebhookRequest { At = Loop.Now, Kind = kind, Method = callback.Method.Method, Url = callback.Url, Parameters = parameters, Attempt = attempt, IdempotencyToken = token };
            account.Webhooks.Add(log);
            var (answer, failure) = await TryAsync(callback, parameters, cookies, rules, left, log, cancellation);
            log.AnsweredAt = Loop.Now;
            var outOfTime = Loop.Now - started >= rules.Total;
            if (failure is null || attempt > rules.Retries || !rules.On.Contains(failure) || outOfTime)
            {
                return answer;
            }
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<(WebhookAnswer Answer, string? Failure)> TryAsync(Callback callback, Parameters parameters, CookieJar? cookies, RetryRules rules, TimeSpan left, WebhookRequest log, CancellationToken cancellation)
    {
        using var connect = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var read = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var connectLimit = Loop.After(Min(rules.Connect, left), connect.Cancel);
        var readLimit = Loop.After(Min(rules.Read, left), read.Cancel);
        Loop.BeginWork();
        try
        {
            var came = await FollowAsync(callback, parameters, cookies, log, connect.Token, read.Token);
            return account.Faults.LosesAnswer(log) ? Lost(callback, log) : came;
        }
        catch (HttpRequestException error) when (!cancellation.IsCancellationRequested)
        {
            log.Error = error.Message;
            return error.HttpRequestError switch
            {
                HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError => Unreached(error),
                _ => (WebhookAnswer.Failed(11206, $"HTTP protocol violation: {error.GetBaseException().Message}", callback.Url), "rt"),
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            log.Error = "no answer in time";
            return (WebhookAnswer.Failed(11205, "HTTP connection failure: no answer in time", callback.Url), "rt");
        }
        finally
        {
            Loop.EndWork();
            connectLimit.Cancel();
            readLimit.Cancel();
        }

        (WebhookAnswer, string) Unreached(HttpRequestException error)
        {
            var code = error.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => 11210,
                HttpRequestError.SecureConnectionError => 11220,
                _ => 11205,
            };
            return (WebhookAnswer.Failed(code, $"HTTP connection failure: {error.Message}", callback.Url), "ct");
        }
    }

    private static (WebhookAnswer, string) Lost(Callback callback, WebhookRequest log)
    {
        (log.Status, log.Body, log.Error) = (null, null, "connection reset");
        return (WebhookAnswer.Failed(11205, "HTTP connection failure: connection reset", callback.Url), "rt");
    }

    private async Task<(WebhookAnswer Answer, string? Failure)> FollowAsync(Callback callback, Parameters parameters, CookieJar? cookies, WebhookRequest log, CancellationToken connect, CancellationToken read)
    {
        var url = callback.Url.Split('#')[0];
        var method = callback.Method;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = Build(url, method, redirects == 0 || method == HttpMethod.Post ? parameters : [], log.IdempotencyToken);
            request.Options.Set(ConnectLimit, connect);
            cookies?.Put(request);
            using var response = await client.SendAsync(request, read);
            cookies?.Take(response);
            log.Status = (int)response.StatusCode;
            if (response.Headers.Location is { } location && (int)response.StatusCode is >= 300 and < 400)
            {
                // A redirect other than 307 and 308 becomes a GET and loses the parameters: Digits, for one.
                method = response.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect ? method : HttpMethod.Get;
                url = new Uri(new Uri(url), location).AbsoluteUri;
                continue;
            }

            return await ReadAsync(response, url, log, read);
        }

        return (WebhookAnswer.Failed(11215, "too many HTTP redirects", callback.Url), Failure: null);
    }

    private static async Task<(WebhookAnswer Answer, string? Failure)> ReadAsync(HttpResponseMessage response, string url, WebhookRequest log, CancellationToken read)
    {
        var status = (int)response.StatusCode;
        var bytes = await response.Content.ReadAsByteArrayAsync(read);
        var answer = new WebhookAnswer(0, "", url, status, response.Content.Headers.ContentType?.MediaType ?? "", "", []);
        log.ContentType = answer.ContentType;
        if (answer.IsAudio && status < 400)
        {
            return (answer with { Audio = bytes, KeepFor = response.Headers.CacheControl?.MaxAge ?? TimeSpan.Zero }, Failure: null);
        }

        log.Body = await response.Content.ReadAsStringAsync(read);
        if (status >= 400)
        {
            return (WebhookAnswer.Failed(11200, $"HTTP retrieval failure: status {status}", url, status), status >= 500 ? "5xx" : "4xx");
        }

        return bytes.Length > MostBytes
            ? (WebhookAnswer.Failed(11750, "the answer is longer than 64 kB", url, status), Failure: null)
            : (answer with { Body = log.Body }, Failure: null);
    }

    private HttpRequestMessage Build(string url, HttpMethod method, Parameters parameters, string token)
    {
        var target = method == HttpMethod.Get && parameters.Count > 0 ? url + (url.Contains('?') ? '&' : '?') + parameters.Encode() : url;
        var request = new HttpRequestMessage(method, target);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(parameters.Encode(), System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        request.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("I-Twilio-Idempotency-Token", token);
        request.Headers.TryAddWithoutValidation("X-Home-Region", "us1");
        request.Headers.TryAddWithoutValidation("X-Twilio-Signature", Signature.Of(account.SigningToken, target, method == HttpMethod.Post ? parameters : null));
        return request;
    }

    /// <summary>Signatures over queries with percent-encoding or odd characters are computed differently by different receivers: keep them out of callback addresses.</summary>
    private void CheckAddress(string url)
    {
        var query = url.Split('#')[0].Split('?', 2) is [_, var text] ? text : "";
        if (query.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '&' or '=')))
        {
            account.ReportStrict("a query value of a callback address has characters outside A-Z a-z 0-9 - _", url);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var limit = context.InitialRequestMessage.Options.TryGetValue(ConnectLimit, out var token) ? token : default;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, either.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            socket.Dispose();
            throw new HttpRequestException(HttpRequestError.ConnectionError, "not connected in time");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
