using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace OnCall.Testing;

/// <summary>Stands between the service and PostgreSQL, and can be shut: as if the server were stopped, or as if a network swallowed every byte.</summary>
public sealed class DatabaseGate : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder _behind;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _open = [];
    private readonly Lock _lock = new();
    private readonly int _port;

    // Bound, and never listening: while the gate is shut, nobody else is given its port.
    private readonly Socket _held = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private TcpListener? _listener;
    private volatile bool _swallows;
    private byte[]? _lost;

    public DatabaseGate(string connectionString)
    {
        _behind = new NpgsqlConnectionStringBuilder(connectionString);
        _held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _port = ((IPEndPoint)_held.LocalEndPoint!).Port;
        Listen();
    }

    /// <summary>Leads through the gate.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(_behind.ConnectionString) { Host = "127.0.0.1", Port = _port }.ConnectionString;

    /// <summary>Every connection is cut, and none is taken.</summary>
    public void Shut()
    {
        _listener?.Dispose();
        _listener = null;
        CutAll();
    }

    /// <summary>Connections stay, and new ones are taken, but nothing goes through any more.</summary>
    public void Swallow() => _swallows = true;

    /// <summary>What is asked or answered next with these words in it is lost, and its connection cut: an answer tells of something that is done.</summary>
    /// <returns>Whether it is lost by now.</returns>
    public Func<bool> Lose(string words)
    {
        Volatile.Write(ref _lost, Encoding.UTF8.GetBytes(words));
        return () => Volatile.Read(ref _lost) is null;
    }

    /// <summary>Everything goes through again; what was open is cut.</summary>
    public void Open()
    {
        _swallows = false;
        CutAll();
        if (_listener is null)
        {
            Listen();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Shut();
        _held.Dispose();
        _stop.Dispose();
    }

    private void Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _listener = listener;
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    _ = PassAsync(await listener.AcceptSocketAsync(_stop.Token));
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Shut.
            }
        });
    }

    private async Task PassAsync(Socket from)
    {
        var to = _behind.Host!.StartsWith('/')
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_lock)
        {
            _open.AddRange([from, to]);
        }

        try
        {
            await (_behind.Host.StartsWith('/')
                ? to.ConnectAsync(new UnixDomainSocketEndPoint($"{_behind.Host}/.s.PGSQL.{_behind.Port}"))
                : to.ConnectAsync(_behind.Host, _behind.Port));
            await Task.WhenAny(CopyAsync(from, to), CopyAsync(to, from));
        }
        catch (SocketException)
        {
            // The server is not there.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stop.Token) is var count and > 0)
            {
                if (Volatile.Read(ref _lost) is { } words && buffer.AsSpan(0, count).IndexOf(words) >= 0 && Interlocked.CompareExchange(ref _lost, null, words) == words)
                {
                    return;
                }

                if (!_swallows)
                {
                    await to.SendAsync(buffer.AsMemory(0, count), _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
    }

    private void CutAll()
    {
        lock (_lock)
        {
            _open.ForEach(socket => socket.Dispose());
            _open.Clear();
        }
    }
}
