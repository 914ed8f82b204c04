using System.Net;
using System.Net.Sockets;
using OnCall.Simulator.Page;
using OnCall.Simulator.Telephony;

namespace OnCall.Simulator.Rest;

/// <summary>The listening socket. Closed, connections are refused; opened again, it is the same port.</summary>
internal sealed class WebFront : IAsyncDisposable
{
    private readonly Account account;
    private readonly SemaphoreSlim gate = new(1);

    // Bound, and never listening: while the front is closed, nobody else is given a port that was chosen freely. Linux lets the front be bound to it as well.
    private readonly Socket? held;
    private WebApplication? app;

    public WebFront(Account account)
    {
        this.account = account;
        BaseAddress = new Uri(account.Options.Url);
        if (BaseAddress.Port == 0)
        {
            held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            BaseAddress = new UriBuilder(BaseAddress) { Port = ((IPEndPoint)held.LocalEndPoint!).Port }.Uri;
        }
    }

    public Uri BaseAddress { get; }

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
        held?.Dispose();
        gate.Dispose();
    }
}
