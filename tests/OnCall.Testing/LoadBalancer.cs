using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace OnCall.Testing;

/// <summary>The public address: hands each request to the next node in turn, as it came, and answers 502 where the node does not.</summary>
public sealed class LoadBalancer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly ConcurrentQueue<PassedRequest> _passed = new();
    private readonly ConcurrentQueue<string> _differences = new();
    private volatile Uri[] _nodes = [];
    private readonly ConcurrentDictionary<string, int> _turns = new();
    private int _turn;
    private int _forwarding;
    private int _repeated;

    private LoadBalancer(WebApplication app) => _app = app;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>How often each request is handed on; only the last answer goes back.</summary>
    public int Copies { get; set; } = 1;

    /// <summary>The copies that were handed on after the first one.</summary>
    public int Repeated => Volatile.Read(ref _repeated);

    /// <summary>What reaches the nodes late; null = nothing does.</summary>
    public SlowRequest? Slow { get; set; }

    /// <summary>The requests that the nodes have and have not answered, whether or not anybody still waits for the answer.</summary>
    public int Forwarding => Volatile.Read(ref _forwarding);

    /// <summary>Every request that came, in order.</summary>
    public IReadOnlyList<PassedRequest> Passed => [.. _passed];

    /// <summary>The requests of which a copy was answered differently, with both answers.</summary>
    public IReadOnlyList<string> Differences => [.. _differences];

    public static async Task<LoadBalancer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();

        // On a machine that is busy with tests a body may come slowly; that is not what is tried.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinRequestBodyDataRate = null);
        var app = builder.Build();
        var balancer = new LoadBalancer(app);
        app.Run(balancer.ForwardAsync);
        await app.StartAsync();
        return balancer;
    }

    /// <summary>From now on these take turns; none = every request is refused.</summary>
    public void Serve(params Uri[] nodes) => _nodes = nodes;

    /// <summary>As a load balancer does: asks the nodes every tenth of a second whether calls are to be led to them, and leads nobody to one that says no, unless all do.</summary>
    public async Task WatchAsync(Func<IReadOnlyList<Uri>> nodes, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var all = nodes();
            var serving = await Task.WhenAll(all.Select(node => IsServingAsync(node, stop)));
            _nodes = serving.Contains(true) ? [.. all.Where((_, place) => serving[place])] : [.. all];
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends when the node takes its turn.</summary>
    public Task LeadsToAsync(Uri node) => RealTime.UntilAsync(() => _nodes.Contains(node), $"calls are led to {node}");

    private async Task<bool> IsServingAsync(Uri node, CancellationToken stop)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(node, "/health/serving"), stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Hands a request to the next node.</summary>
    /// <param name="signature">In place of its own; empty = none.</param>
    public async Task<HttpResponseMessage> RepeatAsync(PassedRequest passed, string? signature = null)
    {
        var nodes = _nodes;
        using var request = passed.ToRequest(nodes[(uint)TurnOf(passed) % nodes.Length]);
        if (signature is not null)
        {
            request.Headers.Remove("X-Twilio-Signature");
            request.Headers.TryAddWithoutValidation("X-Twilio-Signature", signature.Length == 0 ? [] : [signature]);
        }

        Interlocked.Increment(ref _forwarding);
        try
        {
            return await _http.SendAsync(request);
        }
        finally
        {
            Interlocked.Decrement(ref _forwarding);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>Requests take turns, and so do the tries of one request: the next one goes to another node than the last.</summary>
    private int TurnOf(PassedRequest passed)
    {
        var token = passed.Token;
        return token.Length == 0 ? Interlocked.Increment(ref _turn) : _turns.AddOrUpdate(token, _ => Interlocked.Increment(ref _turn), (_, turn) => turn + 1);
    }

    private async Task ForwardAsync(HttpContext context)
    {
        if (_nodes.Length == 0)
        {
            context.Abort();
            return;
        }

        var passed = await PassedRequest.ReadAsync(context);
        _passed.Enqueue(passed);
        try
        {
            await (Slow?.HoldAsync(passed, context.RequestAborted) ?? Task.CompletedTask);
            string? before = null;
            for (var copy = 1; ; copy++)
            {
                using var response = await RepeatAsync(passed);
                var body = await response.Content.ReadAsByteArrayAsync(context.RequestAborted);
                if (copy > 1)
                {
                    Interlocked.Increment(ref _repeated);
                }

                var answer = $"{(int)response.StatusCode} {Convert.ToBase64String(body)}";
                if (before is not null && before != answer)
                {
                    _differences.Enqueue($"{passed.Target}: {before} / {answer}");
                }

                before = answer;
                if (copy >= Copies)
                {
                    context.Response.StatusCode = (int)response.StatusCode;
                    context.Response.ContentType = response.Content.Headers.ContentType?.ToString();

                    // Kestrel throws at a write after 204, be it of no bytes, and closes the connection under whoever uses it next.
                    if (body.Length > 0)
                    {
                        await context.Response.Body.WriteAsync(body, context.RequestAborted);
                    }

                    return;
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }
}

/// <summary>A request as it came.</summary>
/// <param name="Target">Path and query.</param>
public sealed record PassedRequest(string Method, string Target, IReadOnlyList<KeyValuePair<string, StringValues>> Headers, byte[] Body)
{
    /// <summary>The same for every try of one webhook; empty = Twilio gave none.</summary>
    internal string Token => Headers.FirstOrDefault(header => header.Key == "I-Twilio-Idempotency-Token").Value.ToString();

    internal static async Task<PassedRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new PassedRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            [.. context.Request.Headers.Where(header => header.Key is not ("Host" or "Content-Length"))],
            body.ToArray());
    }

    internal HttpRequestMessage ToRequest(Uri node)
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), node.GetLeftPart(UriPartial.Authority) + Target);
        if (!HttpMethods.IsGet(Method))
        {
            request.Content = new ByteArrayContent(Body);
        }

        foreach (var (name, values) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return request;
    }
}
