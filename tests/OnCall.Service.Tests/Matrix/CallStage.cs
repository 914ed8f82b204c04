using System.Globalization;
using OnCall.Service.Outbox;
using OnCall.Testing;

namespace OnCall.Service.Tests.Matrix;

/// <summary>A stage of a call: how a call is brought there, how people go on from it, and what the record tells in the end.</summary>
/// <param name="ReachAsync">Brings the call there.</param>
/// <param name="GoOnAsync">People go on, whatever has struck.</param>
/// <param name="Story">The lines that the record must hold, with the adviser's place in the desk for the id.</param>
internal sealed record CallStage(string Name, Func<Cell, Task> ReachAsync, Func<Cell, Task> GoOnAsync, IReadOnlyList<string> Story)
{
    public static IReadOnlyList<CallStage> All { get; } =
    [
        new("menu", cell => cell.DialAsync(), Now(ChoosesAndIsTaken), Taken),
        new("hold", HoldsAsync, Now(cell => cell.Takes(1)), Taken),
        new("ringing", RingsAsync, Now(cell => cell.Takes(3)), ["page-sent 1 call", "page-sent 2 call", "escalated", "page-sent 3 call", "accepted 3 call"]),
        new("screening", ScreensAsync, Now(cell => cell.Takes(1)), Taken),
        new("accepting", async cell =>
        {
            await HearsPromptAsync(cell);
            await PressesAsync(cell);
        }, GoesOnAcceptingAsync, ["page-answered 1 call", "accepted 1 call"]),
        new("connected", ConnectsAsync, Now(LineDrops), [.. Taken, "escalated 1 call"]),
        new("voicemail", RecordsAsync, Now(LeavesMessage), ["voicemail-left", "accepted 3 call"]),
        new("call-back", AsksForCallBackAsync, Now(TakesCallBack), ["callback-requested call", "page-answered 1 call", "accepted 1 call"]),
    ];

    private static readonly TimeSpan MessageLasts = TimeSpan.FromSeconds(5);

    private static IReadOnlyList<string> Taken => ["received call", "desk-chosen", "page-sent 1 call", "page-answered 1 call", "accepted 1 call"];

    /// <summary>Its place in the list, from 0: its desk.</summary>
    public int Place => All.ToList().IndexOf(this);

    private static Func<Cell, Task> Now(Action<Cell> goOn) => cell =>
    {
        goOn(cell);
        return Task.CompletedTask;
    };

    private static void ChoosesAndIsTaken(Cell cell)
    {
        cell.Takes(1);
        var key = MatrixBook.Key(cell.Stage.Place);
        cell.Presses(cell.Officer, $"press {key}.", key);
    }

    /// <summary>The officer waits, and nobody rings: the account's calls per second are used up by others for some seconds.</summary>
    private static async Task HoldsAsync(Cell cell)
    {
        await cell.DialAsync();
        await UseUpRateAsync(cell.World, cell.RateIsUsedUpFor);
        await cell.ChooseAsync();
    }

    /// <summary>For so long from now on nobody can be called.</summary>
    public static Task UseUpRateAsync(ICallWorld world, TimeSpan time) => world.ReadAsync(string.Create(
        CultureInfo.InvariantCulture, $"UPDATE rates SET used_until = '{world.Now + time:O}' WHERE lane = {(int)Lane.Calls} RETURNING 'held'"));

    private static async Task RingsAsync(Cell cell)
    {
        await cell.HoldAsync();
        await cell.UntilAsync(() => cell.Adviser(1).Ringing is not null && cell.Adviser(2).Ringing is not null);
    }

    private static async Task ScreensAsync(Cell cell)
    {
        cell.Adviser(1).Script = cell.Adviser(2).Script = Scripts.Listens(2);
        await cell.HoldAsync();
        await cell.UntilAsync(() => new[] { 1, 2 }.All(place => cell.Legs(cell.Adviser(place)) is [{ } leg] && leg.WasTold("Press 1 to take")));
    }

    /// <summary>One adviser hears the prompt, another one's phone rings.</summary>
    public static async Task HearsPromptAsync(Cell cell)
    {
        cell.Adviser(1).Script = Scripts.Listens(2);
        await cell.HoldAsync();
        await cell.UntilAsync(() => cell.Legs(cell.Adviser(1)) is [{ } leg] && leg.WasTold("Press 1 to take") && cell.Adviser(2).Ringing is not null);
    }

    /// <summary>Key 1 is pressed and kept, and the officer not yet fetched out of the queue.</summary>
    public static async Task PressesAsync(Cell cell)
    {
        await cell.World.Twilio.Faults.SetReachableAsync(false);
        cell.Legs(cell.Adviser(1))[0].Press("1");
        await cell.UntilAsync(() => cell.Legs(cell.Adviser(1))[0].Position.StartsWith("conference", StringComparison.Ordinal));
    }

    private static async Task GoesOnAcceptingAsync(Cell cell)
    {
        cell.Takes(1);
        await cell.World.Twilio.Faults.SetReachableAsync(true);
    }

    private static async Task ConnectsAsync(Cell cell)
    {
        cell.Takes(1);
        await cell.HoldAsync();
        await cell.UntilAsync(() => cell.Person is not null);
        cell.SpokeWith = cell.Person;
    }

    /// <summary>The adviser's line drops; the same adviser takes the call again.</summary>
    private static void LineDrops(Cell cell) => cell.SpokeWith!.HangUp();

    /// <summary>A phone rings, and the officer has heard which keys there are: one that is pressed while the next document is fetched would be lost.</summary>
    private static async Task HearsKeysAsync(Cell cell)
    {
        await cell.HoldAsync();
        await cell.UntilAsync(() => cell.Adviser(1).Ringing is not null && cell.Call.WasTold("press star to be called back"));
    }

    private static async Task RecordsAsync(Cell cell)
    {
        await HearsKeysAsync(cell);
        cell.Call.Press("#");
        await cell.UntilAsync(() => cell.Call.Position == "recording");
    }

    /// <summary>The officer ends the message with a key; the third adviser takes it, hears it, and calls the officer.</summary>
    private static void LeavesMessage(Cell cell)
    {
        cell.OfficerPicksUp();
        cell.Presses(cell.Adviser(3), "2 to ring the officer", "2");
        cell.Always(() =>
        {
            if (cell.Call.Position == "recording" && cell.Call.Heard[^1] is { Kind: "system" } beep && cell.World.Now - beep.At > MessageLasts)
            {
                cell.Call.Press("#");
            }

            if (cell.Call.WasTold("Your message is kept") && cell.Adviser(3).Script.Mode == Simulator.CalleeMode.NoAnswer)
            {
                cell.Takes(3);
                cell.Adviser(3).Ringing?.Answer();
            }
        });
    }

    private static async Task AsksForCallBackAsync(Cell cell)
    {
        await HearsKeysAsync(cell);
        cell.Call.Press("*");
        await cell.UntilAsync(() => cell.Call.WasTold("We will call you back on"));
        cell.Call.HangUp();
        cell.Legs(cell.Adviser(1))[0].Answer();
        await cell.UntilAsync(() => cell.Legs(cell.Adviser(1))[0].WasTold("Press 1 to take"));
    }

    private static void TakesCallBack(Cell cell)
    {
        cell.OfficerPicksUp();
        cell.Takes(1);
    }
}
