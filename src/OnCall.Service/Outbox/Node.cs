using System.Security.Cryptography;

namespace OnCall.Service.Outbox;

/// <summary>This process, by the name under which it claims work; another start is another node.</summary>
internal sealed class Node
{
    /// <summary>The class of the advisory lock by which a node shows that it lives.</summary>
    public const int LifeLock = 7031;

    public int Id { get; } = RandomNumberGenerator.GetInt32(1, int.MaxValue);
}
