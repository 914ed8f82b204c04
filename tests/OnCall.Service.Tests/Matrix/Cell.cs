using OnCall.Simulator;
using OnCall.Testing;

namespace OnCall.Service.Tests.Matrix;

/// <summary>One officer's call at one stage, the advisers of its desk, and what all of them do by habit. People do not give up: asked again, they press again.</summary>
internal sealed class Cell(ICallWorld world, CallStage stage, string officer)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private readonly DateTimeOffset _began = world.Now;
    private readonly List<Action> _habits = [];
    private readonly List<Phone> _advisers = [.. Enumerable.Range(1, MatrixBook.Places).Select(place => world.Twilio.Phone(MatrixBook.Number(stage.Place, place)))];

    public ICallWorld World => world;

    public CallStage Stage => stage;

    private bool IsLive => world is LiveWorld;

    /// <summary>Named once: to name a phone counts as a change of the simulator, which wakes whoever waits for one.</summary>
    public Phone Officer { get; } = world.Twilio.Phone(officer);

    /// <summary>The officer's first call.</summary>
    public PhoneCall Call => Legs(Officer)[0];

    /// <summary>The adviser with whom the officer spoke when the fault struck; null = nobody yet.</summary>
    public PhoneCall? SpokeWith { get; set; }

    public Phone Adviser(int place) => _advisers[place - 1];

    /// <summary>On the machine's clock, whoever uses the rate up must say when it is free again.</summary>
    public TimeSpan RateIsUsedUpFor => IsLive ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(8);

    /// <summary>The calls of a phone in this cell, oldest first.</summary>
    public IReadOnlyList<PhoneCall> Legs(Phone phone) => [.. phone.Calls.Where(call => call.CreatedAt >= _began)];

    public IEnumerable<PhoneCall> AdvisersLegs => _advisers.SelectMany(Legs);

    /// <summary>The adviser's leg with which a leg of the officer's is connected, other than the one of before; null = none.</summary>
    public PhoneCall? Person => Legs(Officer).SelectMany(call => call.ConnectedWith).FirstOrDefault(other => other.Sid != SpokeWith?.Sid);

    /// <summary>The officer dials, chooses the stage's desk, and waits in the queue, unless an adviser takes the call before.</summary>
    public async Task HoldAsync()
    {
        await DialAsync();
        await ChooseAsync();
    }

    /// <summary>The officer chooses the desk in the menu, and waits in the queue, likewise.</summary>
    public async Task ChooseAsync()
    {
        Call.Press(MatrixBook.Key(stage.Place));
        await UntilAsync(() => Call.Heard.Any(heard => heard.Text is "waits in a queue" or "enters a room"));
    }

    /// <summary>The officer dials, and hears the menu.</summary>
    public async Task DialAsync()
    {
        Officer.Dial(Testing.World.Line);
        await UntilAsync(() => Call.WasTold($"press {MatrixBook.Key(stage.Place)}."));
    }

    /// <summary>From now on this phone is picked up, and 1 pressed whenever it is asked for.</summary>
    public void Takes(int place)
    {
        Adviser(place).Script = Scripts.Listens(3);
        Presses(Adviser(place), "Press 1 to take", "1");
    }

    /// <summary>From now on the officer picks up, and presses 1 to speak to the adviser.</summary>
    public void OfficerPicksUp()
    {
        Officer.Script = Scripts.Listens(3);
        Presses(Officer, "Press 1 to speak", "1");
    }

    /// <summary>From now on a key is pressed on this phone whenever these words are heard.</summary>
    public void Presses(Phone phone, string words, string key) => Always(() =>
    {
        foreach (var call in Legs(phone).Where(call => !call.IsOver))
        {
            var asked = call.Heard.LastOrDefault(heard => heard.Kind is "say" or "key");
            if (asked is { Kind: "say" } && asked.Text.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                call.Press(key);
            }
        }
    });

    /// <summary>From now on this is done at every look.</summary>
    public void Always(Action act) => _habits.Add(act);

    /// <summary>Everybody does what they do by habit.</summary>
    public void Act() => _habits.ToList().ForEach(act => act());

    /// <summary>Nobody does anything by habit any more, and no phone is picked up.</summary>
    public void Rest()
    {
        _habits.Clear();
        Officer.Script = Callee.NoAnswer();
        _advisers.ForEach(adviser => adviser.Script = Callee.NoAnswer());
    }

    /// <summary>Lets time pass until something is so.</summary>
    public Task UntilAsync(Func<bool> isSo) => world.UntilAsync(
        () =>
        {
            Act();
            return isSo();
        },
        IsLive ? null : Patience);

    public Task PassAsync(TimeSpan time)
    {
        var end = world.Now + time;
        return UntilAsync(() => world.Now >= end);
    }
}
