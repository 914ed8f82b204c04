using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OnCall.Testing;

/// <summary>A web server that has one document, takes another one by PUT, and knows nothing: where Twilio's fallback address leads.</summary>
public sealed class StaticSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StaticSite(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>TwiML.</summary>
    public string Document { get; set; } = "<Response/>";

    /// <param name="port">0 = one that is free.</param>
    public static async Task<StaticSite> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        var site = new StaticSite(builder.Build());
        site._app.Run(async context =>
        {
            if (HttpMethods.IsPut(context.Request.Method))
            {
                using var body = new StreamReader(context.Request.Body);
                site.Document = await body.ReadToEndAsync();
            }

            context.Response.ContentType = "text/xml";
            await context.Response.WriteAsync(site.Document);
        });
        await site._app.StartAsync();
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
