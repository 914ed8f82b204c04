using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Tests;

/// <summary>The customer's server: it answers by path, and keeps what it was asked.</summary>
internal sealed class Customer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<Hit, Task<Reply>>> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Hit> hits = new();
    private readonly WebApplication app;

    private Customer(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public IReadOnlyList<Hit> Hits => [.. hits];

    public static async Task<Customer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var customer = new Customer(builder.Build());
        customer.app.Run(customer.ServeAsync);
        await customer.app.StartAsync();
        return customer;
    }

    public string At(string pathAndQuery) => Address + pathAndQuery;

    /// <summary>What was asked of a path, in order.</summary>
    public IReadOnlyList<Hit> To(string path) => [.. hits.Where(h => h.Path == path)];

    /// <summary>Answers a path with TwiML: what stands inside Response.</summary>
    public void Says(string path, string twiml) => Answers(path, _ => Reply.Twiml(twiml));

    public void Answers(string path, Func<Hit, Reply> answer) => answers[path] = hit => Task.FromResult(answer(hit));

    public void AnswersLater(string path, Func<Hit, Task<Reply>> answer) => answers[path] = answer;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var hit = new Hit(
            context.Request.Method,
            context.Request.Path,
            At(context.Request.Path + context.Request.QueryString),
            Parameters.Decode(await reader.ReadToEndAsync()),
            Parameters.Decode(context.Request.QueryString.Value!.TrimStart('?')),
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        hits.Enqueue(hit);
        var reply = answers.TryGetValue(hit.Path, out var answer) ? await answer(hit) : Reply.Nothing;
        context.Response.StatusCode = reply.Status;
        context.Response.Headers.Location = reply.Location;
        context.Response.Headers.CacheControl = reply.CacheControl;
        context.Response.Headers.SetCookie = reply.SetCookie;
        if (reply.ContentType is { } type)
        {
            context.Response.ContentType = type;
            await context.Response.Body.WriteAsync(reply.Body);
        }
    }
}

internal sealed record Hit(string Method, string Path, string Url, Parameters Form, Parameters Query, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string name] => Form[name] ?? Query[name];
}

internal sealed record Reply(int Status, string? ContentType, byte[] Body)
{
    public string? Location { get; init; }

    public string? CacheControl { get; init; }

    public string? SetCookie { get; init; }

    public static Reply Nothing { get; } = new(204, null, []);

    public static Reply Twiml(string inside) => Text($"<Response>{inside}</Response>", "text/xml");

    public static Reply Text(string body, string type) => new(200, type, Encoding.UTF8.GetBytes(body));

    public static Reply Code(int status) => new(status, "text/html", []);
}
