using System.Net;
using System.Net.Sockets;

namespace OnCall.Testing;

/// <summary>Ports where nobody listens, each given once: below those that a system gives to connections that go out, any of which could take one before it is listened at (Linux: <c>ip_local_port_range</c>, from 32768).</summary>
public static class FreePorts
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _given = Random.Shared.Next(Count);

    /// <summary>A port.</summary>
    public static int One() => Row(1);

    /// <summary>The first of two in a row.</summary>
    public static int Two() => Row(2);

    private static int Row(int length)
    {
        while (true)
        {
            var first = First + ((Interlocked.Add(ref _given, length) & int.MaxValue) % Count);
            if (Enumerable.Range(first, length).All(IsFree))
            {
                return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
