using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace OnCall.Service.Access;

/// <summary>
/// Counts wrong keys by address: a hundred within a minute, and neither the key of the settings nor a token is looked at from there until the minute is over. An address of IPv6 stands for its network of
/// 64 bits, which belongs to one customer. The minute is the machine's own: a lock-out has nothing to do with the duty's clock.
/// </summary>
internal sealed class WrongKeys : IDisposable
{
    public const int Most = 100;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _left = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = Most, Window = Window }));

    /// <summary>How long neither the key of the settings nor a token of an address is looked at; null = one may be tried.</summary>
    public TimeSpan? LockedFor(IPAddress? address)
    {
        using var lease = _left.AttemptAcquire(Network(address), permitCount: 0);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;
    }

    /// <summary>A key of an address was wrong.</summary>
    public void Count(IPAddress? address) => _left.AttemptAcquire(Network(address)).Dispose();

    public void Dispose() => _left.Dispose();

    /// <summary>An address, or the network that stands for it.</summary>
    public static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
