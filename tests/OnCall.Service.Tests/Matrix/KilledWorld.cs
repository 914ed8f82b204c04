using OnCall.Testing;
using Xunit;

namespace OnCall.Service.Tests.Matrix;

/// <summary>
/// kill -9 of the real process, on the machine's clock, while a call is at each of the stages; it is started again when each of the calls has met
/// nobody there. The calls go side by side, in one process.
/// </summary>
public sealed class KilledWorld(TestDatabase databases) : IAsyncLifetime
{
    /// <summary>How a process ends that the system killed: 128 and the number of the signal.</summary>
    public const int KilledStatus = 128 + 9;

    private LiveWorld _world = null!;
    private CallsSideBySide _calls = null!;
    private DateTimeOffset _killedAt;
    private DateTimeOffset _backAt;

    /// <summary>How the process ended.</summary>
    public int ExitStatus { get; private set; }

    internal LiveWorld World => _world;

    public async ValueTask InitializeAsync()
    {
        _world = await LiveWorld.StartAsync(databases, MatrixBook.Document, TestContext.Current.CancellationToken);
        _calls = new CallsSideBySide(_world, CallStage.All);
        await _calls.ReachAsync();
        await CallStage.PressesAsync(At("accepting"));
        _killedAt = _world.Now;
        ExitStatus = await _world.KillProcessAsync();

        // Whose adviser hears the prompt, and decides only when the process is back: the key is pressed at another one than the one that rang.
        List<Cell> atPrompt = [At("screening"), At("call-back")];
        await CallsSideBySide.GoOnAsync(_calls.All.Except(atPrompt));
        await _calls.UntilAllAsync(WasStruck);
        _backAt = _world.Now;
        await _calls.FreeRateAsync();
        await _world.StartProcessAsync();
        await CallsSideBySide.GoOnAsync(atPrompt);
        await _calls.UntilAllAsync(cell => cell.Person is not null);
        await _world.Process.ShouldRunAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    internal Cell At(string stage) => _calls.At(stage);

    /// <summary>Whether a webhook of one of the call's legs met nobody while the process was away.</summary>
    internal bool WasStruck(Cell cell)
    {
        var legs = cell.Legs(cell.Officer).Concat(cell.AdvisersLegs).Select(leg => leg.Sid).ToHashSet();
        return _world.Twilio.Webhooks.Any(webhook => webhook.At >= _killedAt && (_backAt == default || webhook.At < _backAt)
            && webhook.Error is not null && legs.Contains(webhook.Parameters["CallSid"] ?? ""));
    }
}
