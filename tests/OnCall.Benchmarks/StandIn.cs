using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OnCall.Testing;

namespace OnCall.Benchmarks;

/// <summary>A page's call as it arrived at Twilio.</summary>
/// <param name="PageId">Read from the address of its document.</param>
/// <param name="Arrived">Timestamp.</param>
/// <param name="Answered">Timestamp of Twilio's answer: callbacks may come from here on.</param>
internal sealed record PlacedCall(string PageId, string CallSid, string To, long Arrived, long Answered);

/// <summary>Takes the place of Twilio's REST API where the simulator's own work would count: it answers at once, and notes when each call was asked for.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<PlacedCall>> _awaited = new();

    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> _texts = new();

    private StandIn(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    public static async Task<StandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var address = new Uri($"http://127.0.0.1:{FreePorts.One()}");
        builder.WebHost.UseUrls(address.ToString());
        var app = builder.Build();
        var standIn = new StandIn(app, address);
        app.Run(standIn.AnswerAsync);
        await app.StartAsync();
        return standIn;
    }

    /// <summary>The call of a page, arrived or still to come.</summary>
    public Task<PlacedCall> CallOfAsync(string pageId) => Awaited(pageId).Task;

    public void Forget(string pageId) => _awaited.TryRemove(pageId, out _);

    /// <summary>When a text that ends with this word arrives: timestamp. To be asked for before it can.</summary>
    public Task<long> TextOfAsync(string word) => _texts.GetOrAdd(word, _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private TaskCompletionSource<PlacedCall> Awaited(string pageId) =>
        _awaited.GetOrAdd(pageId, _ => new TaskCompletionSource<PlacedCall>(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task AnswerAsync(HttpContext http)
    {
        var arrived = Clock.Now;
        var path = http.Request.Path.Value!;
        var isNewCall = path.EndsWith("/Calls.json", StringComparison.Ordinal);
        var body = await ReadAsync(http);
        var sid = isNewCall ? Leg.NewSid() : path[(path.LastIndexOf('/') + 1)..].Replace(".json", "", StringComparison.Ordinal);
        NoteText(body, arrived);
        http.Response.StatusCode = isNewCall ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync($$"""{"sid":"{{sid}}","account_sid":"{{Rig.AccountSid}}","api_version":"2010-04-01","status":"queued","direction":"outbound-api","price":null}""");
        await http.Response.CompleteAsync();
        if (isNewCall && PageId(body) is { } pageId)
        {
            Awaited(pageId).TrySetResult(new PlacedCall(pageId, sid, To(body), arrived, Clock.Now));
        }
    }

    /// <summary>Texts are few beside calls: the others pay nothing for this.</summary>
    private void NoteText(string body, long arrived)
    {
        if (!_texts.IsEmpty && _texts.TryRemove(Field(body, "Body").Split(' ')[^1], out var awaited))
        {
            awaited.TrySetResult(arrived);
        }
    }

    private static async Task<string> ReadAsync(HttpContext http)
    {
        while (true)
        {
            var read = await http.Request.BodyReader.ReadAsync();
            if (read.IsCompleted)
            {
                var body = Encoding.ASCII.GetString(read.Buffer);
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            http.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The subject of <c>…/voice/offer?s=PAGE#rc=…</c>, percent-encoded.</summary>
    private static string? PageId(string body)
    {
        var start = body.IndexOf("s%3D", StringComparison.Ordinal);
        return start < 0 ? null : body[(start + 4)..].Split('%', '&')[0];
    }

    private static string To(string body) => Field(body, "To");

    /// <returns>Empty = there is none.</returns>
    private static string Field(string body, string name) =>
        Uri.UnescapeDataString((body.Split('&').FirstOrDefault(field => field.StartsWith($"{name}=", StringComparison.Ordinal)) ?? $"{name}=")[(name.Length + 1)..].Replace('+', ' '));
}
