using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnCall.Service.Twilio;

namespace OnCall.Service.Tests.Twilio;

/// <summary>A web server that answers as a test says, and the client under test that asks it: real HTTP, real connections.</summary>
internal sealed class TwilioStub : IAsyncDisposable
{
    public const string AccountSid = "AC00000000000000000000000000000001";

    private readonly WebApplication _app;
    private readonly ServiceProvider _services;

    private TwilioStub(WebApplication app, ServiceProvider services, ConcurrentQueue<Asked> asked)
    {
        (_app, _services) = (app, services);
        Requests = asked;
    }

    /// <summary>What arrived, in order.</summary>
    public ConcurrentQueue<Asked> Requests { get; }

    public TwilioApi Api => _services.GetRequiredService<TwilioApi>();

    /// <param name="answer">Gets the request and its number, from 1.</param>
    public static async Task<TwilioStub> StartAsync(Func<HttpContext, int, Task> answer, TimeProvider? time = null, string? secondToken = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var requests = new ConcurrentQueue<Asked>();
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
            requests.Enqueue(new(http.Request.Method, http.Request.Path, http.Request.QueryString.Value ?? "", await reader.ReadToEndAsync(), http.Request.Headers.Authorization.ToString()));
            await answer(http, requests.Count);
        });
        await app.StartAsync();
        return new TwilioStub(app, Client(app.Urls.First(), time ?? TimeProvider.System, secondToken), requests);
    }

    /// <summary>The client alone.</summary>
    public static ServiceProvider Client(string address, TimeProvider time, string? secondToken = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddSingleton(new TwilioSettings { AccountSid = AccountSid, AuthToken = "token", SecondaryAuthToken = secondToken, ApiBaseUrl = address });
        services.AddTwilioApi();
        return services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _app.DisposeAsync();
    }

    internal sealed record Asked(string Method, string Path, string Query, string Body, string Authorization);
}
