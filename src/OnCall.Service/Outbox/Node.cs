using System.Security.Cryptography;

namespace OnCall.Service.Outbox;

/// <summary>This process, by the name under which it claims work; another start is another node.</summary>
internal sealed class Node
{
    /// <summary>The class of the advisory lock by which a node shows that it lives.</summary>
    public const int LifeLock = 7031;

    private readonly TaskCompletionSource _shown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Id { get; } = RandomNumberGenerator.GetInt32(1, int.MaxValue);

    /// <summary>Ends when the others can see that this node lives: what it claimed before, they would take for a dead node's.</summary>
    public Task IsShown => _shown.Task;

    public void Show() => _shown.TrySetResult();
}
