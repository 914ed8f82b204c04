using System.Net;
using System.Net.Sockets;

namespace OnCall.Testing;

/// <summary>Ports where nobody listens, at the moment of asking.</summary>
public static class FreePorts
{
    /// <summary>A port.</summary>
    public static int One()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The first of two in a row.</summary>
    public static int Two()
    {
        while (true)
        {
            var port = One();
            try
            {
                using var next = new TcpListener(IPAddress.Loopback, port + 1);
                next.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; another pair.
            }
        }
    }
}
