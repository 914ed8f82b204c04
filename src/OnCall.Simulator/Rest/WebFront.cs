using OnCall.Simulator.Page;
using OnCall.Simulator.Telephony;

namespace OnCall.Simulator.Rest;

/// <summary>The listening socket. Closed, connections are refused; opened again, it is the same port.</summary>
internal sealed class WebFront(Account account) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private WebApplication? app;

    public Uri BaseAddress { get; private set; } = new(account.Options.Url);

    public async Task ListenAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (app is not null)
            {
                return;
            }

            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls(BaseAddress.ToString());
            builder.Services.AddRoutingCore();
            builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.Zero);
            app = builder.Build();
            app.UseRouting();
            new RestApi(account).Map(app);
            new PageApi(account).Map(app);
            app.UseEndpoints(_ => { });
            await app.StartAsync();
            BaseAddress = new Uri(app.Urls.First());
            account.ApiUrl = BaseAddress;
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task RefuseAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (app is { } open)
            {
                app = null;
                await open.DisposeAsync();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RefuseAsync();
        gate.Dispose();
    }
}
