using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Matrix;

/// <summary>A call at each of some stages, on the machine's clock, in one world: each has its own desk, phones and officer.</summary>
internal sealed class CallsSideBySide(LiveWorld world, IEnumerable<CallStage> stages)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public IReadOnlyList<Cell> All { get; } = [.. stages.Select(stage => new Cell(world, stage, $"+447700900{600 + stage.Place}"))];

    public Cell At(string stage) => All.Single(cell => cell.Stage.Name == stage);

    public IEnumerable<Cell> At(params string[] stages) => All.Where(cell => stages.Contains(cell.Stage.Name));

    /// <summary>
    /// Brings each call to its stage; where it is accepted, as far as the prompt. What lasts comes first, so that no phone has stopped ringing when the last
    /// call is where it is to be. From the hold on nobody can be called, until <see cref="FreeRateAsync"/>.
    /// </summary>
    public async Task ReachAsync()
    {
        var first = At("voicemail", "connected").ToList();
        var (hold, accepting) = (At("hold"), At("accepting"));
        await Task.WhenAll(first.Select(cell => cell.Stage.ReachAsync(cell)));
        var reached = Task.WhenAll([CallStage.HearsPromptAsync(accepting), .. All.Except(first).Except([hold, accepting]).Select(cell => cell.Stage.ReachAsync(cell))]);
        await world.UntilAsync(() => All.Where(cell => cell.Stage.Name is not ("menu" or "hold")).All(cell => cell.Legs(cell.Adviser(2)).Count > 0));
        await hold.Stage.ReachAsync(hold);
        await reached;
        foreach (var cell in At("ringing", "screening", "accepting", "call-back"))
        {
            cell.Legs(cell.Adviser(1)).ShouldHaveSingleItem(world.Twilio.Story()).IsOver.ShouldBeFalse(world.Twilio.Story());
        }
    }

    public Task FreeRateAsync() => CallStage.UseUpRateAsync(world, TimeSpan.Zero);

    public static async Task GoOnAsync(IEnumerable<Cell> cells)
    {
        foreach (var cell in cells)
        {
            await cell.Stage.GoOnAsync(cell);
        }
    }

    /// <summary>Waits until it is so of all cells. Where it does not come to that, the cells tell: each asserts for itself.</summary>
    public async Task UntilAllAsync(Func<Cell, bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await world.Twilio.WaitForAsync(
                () =>
                {
                    All.ToList().ForEach(cell => cell.Act());
                    return All.All(isSo);
                },
                patience.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
        }
    }
}
