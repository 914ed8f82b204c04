using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OnCall.Testing;

/// <summary>A web server that has one document and knows nothing: where Twilio's fallback address leads.</summary>
public sealed class StaticSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StaticSite(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>TwiML.</summary>
    public string Document { get; set; } = "<Response/>";

    public static async Task<StaticSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var site = new StaticSite(builder.Build());
        site._app.Run(context =>
        {
            context.Response.ContentType = "text/xml";
            return context.Response.WriteAsync(site.Document);
        });
        await site._app.StartAsync();
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
