using OnCall.Testing;
using Xunit;

namespace OnCall.Service.Tests.Matrix;

/// <summary>One world for all cells, on a PostgreSQL server of its own.</summary>
public sealed class MatrixFixture : IAsyncLifetime
{
    private readonly List<string> _officers = [.. Enumerable.Range(500, 100).Select(number => $"+447700900{number}")];
    private StaticSite _site = null!;
    private World? _world;
    private int _desk;

    internal TestDatabase Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await TestDatabase.StartOwnAsync();
        _site = await StaticSite.StartAsync();
    }

    /// <summary>An officer whose number nobody has called from.</summary>
    internal string NextOfficer()
    {
        var officer = _officers[0];
        _officers.RemoveAt(0);
        return officer;
    }

    /// <summary>The desks in turn.</summary>
    internal int NextDesk() => _desk++ % CallStage.All.Count;

    /// <summary>The world, as the last cell has left it.</summary>
    internal async Task<World> WorldAsync()
    {
        if (_world is null)
        {
            _world = await World.StartAsync(Server, MatrixBook.Document, fallbackUrl: _site.Url);
            _site.Document = $"<Response><Say>{LiveWorld.FallbackWords}</Say><Pause length=\"1\"/><Redirect>{_world.Balancer.Url}/twilio/voice</Redirect></Response>";
        }

        return _world;
    }

    /// <summary>A cell failed half-way: the next one gets a world of its own.</summary>
    internal async Task DropWorldAsync()
    {
        await Server.ResumeAsync();
        await (_world?.DisposeAsync() ?? ValueTask.CompletedTask);
        _world = null;
    }

    public async ValueTask DisposeAsync()
    {
        await (_world?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _site.DisposeAsync();
        await Server.DisposeAsync();
    }
}
