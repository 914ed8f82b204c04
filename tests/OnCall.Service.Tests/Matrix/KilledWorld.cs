using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Matrix;

/// <summary>
/// kill -9 of the real process, on the machine's clock, while a call is at each of the stages; it is started again when each of the calls has met
/// nobody there. The calls go side by side, in one process: each has its own desk, phones and officer.
/// </summary>
public sealed class KilledWorld(TestDatabase databases) : IAsyncLifetime
{
    /// <summary>How a process ends that the system killed: 128 and the number of the signal.</summary>
    public const int KilledStatus = 128 + 9;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private LiveWorld _world = null!;
    private List<Cell> _cells = null!;
    private DateTimeOffset _killedAt;
    private DateTimeOffset _backAt;

    /// <summary>How the process ended.</summary>
    public int ExitStatus { get; private set; }

    internal LiveWorld World => _world;

    public async ValueTask InitializeAsync()
    {
        _world = await LiveWorld.StartAsync(databases, MatrixBook.Document, TestContext.Current.CancellationToken);
        _cells = [.. CallStage.All.Select(stage => new Cell(_world, stage, $"+447700900{600 + stage.Place}"))];
        await ReachAsync();
        _killedAt = _world.Now;
        ExitStatus = await _world.KillProcessAsync();
        await GoOnAsync(_cells.Except(AtPrompt));
        await UntilAllAsync(WasStruck);
        _backAt = _world.Now;
        await CallStage.UseUpRateAsync(_world, TimeSpan.Zero);
        await _world.StartProcessAsync();
        await GoOnAsync(AtPrompt);
        await UntilAllAsync(cell => cell.Person is not null);
        await _world.Process.ShouldRunAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    /// <summary>Whose adviser hears the prompt, and decides only when the process is back: the key is pressed at another one than the one that rang.</summary>
    private IEnumerable<Cell> AtPrompt => [At("screening"), At("call-back")];

    internal Cell At(string stage) => _cells.Single(cell => cell.Stage.Name == stage);

    /// <summary>Whether a webhook of one of the call's legs met nobody while the process was away.</summary>
    internal bool WasStruck(Cell cell)
    {
        var legs = cell.Legs(cell.Officer).Concat(cell.AdvisersLegs).Select(leg => leg.Sid).ToHashSet();
        return _world.Twilio.Webhooks.Any(webhook => webhook.At >= _killedAt && (_backAt == default || webhook.At < _backAt)
            && webhook.Error is not null && legs.Contains(webhook.Parameters["CallSid"] ?? ""));
    }

    /// <summary>
    /// What lasts comes first, so that no phone has stopped ringing when the last one is where it is to be. From the hold on nobody can be called, and
    /// from the accepting on Twilio is not reached.
    /// </summary>
    private async Task ReachAsync()
    {
        List<Cell> last = [At("hold"), At("accepting")];
        List<Cell> first = [At("voicemail"), At("connected")];
        await Task.WhenAll(first.Select(cell => cell.Stage.ReachAsync(cell)));
        var reached = Task.WhenAll([CallStage.HearsPromptAsync(At("accepting")), .. _cells.Except(first).Except(last).Select(cell => cell.Stage.ReachAsync(cell))]);
        await _world.UntilAsync(() => _cells.Except(last).Append(At("accepting")).All(cell => cell.Stage.Name == "menu" || cell.Legs(cell.Adviser(2)).Count > 0));
        await At("hold").Stage.ReachAsync(At("hold"));
        await reached;
        await CallStage.PressesAsync(At("accepting"));
        foreach (var stage in new[] { "ringing", "screening", "call-back" })
        {
            At(stage).Legs(At(stage).Adviser(1)).ShouldHaveSingleItem(_world.Twilio.Story()).IsOver.ShouldBeFalse(_world.Twilio.Story());
        }
    }

    private static async Task GoOnAsync(IEnumerable<Cell> cells)
    {
        foreach (var cell in cells)
        {
            await cell.Stage.GoOnAsync(cell);
        }
    }

    /// <summary>Waits until it is so of all cells. Where it does not come to that, the cells tell: each is a test of its own.</summary>
    private async Task UntilAllAsync(Func<Cell, bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await _world.Twilio.WaitForAsync(
                () =>
                {
                    _cells.ForEach(cell => cell.Act());
                    return _cells.TrueForAll(cell => isSo(cell));
                },
                patience.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
        }
    }
}
