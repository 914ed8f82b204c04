using System.Globalization;
using NodaTime;
using OnCall.Core;
using OnCall.Core.Calls;

namespace OnCall.Soak.Carrier;

internal abstract partial class Leg
{
    /// <summary>A gather without words waits a second for a key; what comes after it is fetched at once.</summary>
    private static readonly Duration KeyPause = Duration.FromSeconds(1);

    private static readonly Duration HoldSound = Duration.FromSeconds(8);
    private static readonly Duration Message = Duration.FromSeconds(20);

    private void Does(int turn, IReadOnlyList<CallStep> steps)
    {
        if (turn != _turn || IsOver)
        {
            return;
        }

        IsQuietFor = Queue is null ? Duration.Zero : steps.Any(Speaks) ? Duration.Zero : steps.Aggregate(IsQuietFor, (length, step) => length + LastsWithKeys(step));
        World.Watch.Hears(this, steps);
        Does(steps, 0);
    }

    private static bool Speaks(CallStep step) => step is CallStep.Say or CallStep.Ask or CallStep.AskNumber or CallStep.StopHolding || (step is CallStep.WithKeys held && held.Prompt.Any(Speaks));

    private void Does(IReadOnlyList<CallStep> steps, int first)
    {
        var length = Duration.Zero;
        for (var place = first; place < steps.Count; place++)
        {
            switch (steps[place])
            {
                case CallStep.WithKeys held:
                    var stretch = LastsWithKeys(held);
                    if (PressesWhileHeld(length + stretch) is { } key)
                    {
                        Then(length + stretch, () => Goes(held.Then, key));
                        return;
                    }

                    length += stretch;
                    break;
                case var step when Lasts(step) is { } lasts:
                    length += lasts;
                    break;
                case var step:
                    Then(length, () => Comes(step, () => Does(steps, place + 1)));
                    return;
            }
        }

        Then(length, AtTheEnd);
    }

    /// <summary>A document of the queue is fetched again; after another one, the line is hung up.</summary>
    protected virtual void AtTheEnd()
    {
        if (Queue is { } queue)
        {
            Goes(queue.Wait);
        }
        else
        {
            Ends("completed");
        }
    }

    private void Comes(CallStep step, Action goOn)
    {
        switch (step)
        {
            case CallStep.Ask ask:
                Asks(Lasts(ask.Prompt), ask.Timeout, ask.Then);
                break;
            case CallStep.AskNumber ask:
                Asks(Lasts(ask.Prompt), ask.Timeout, ask.Then);
                break;
            case CallStep.Hold hold:
                (Queue, _queuedAt) = (hold, World.Now);
                Goes(hold.Wait);
                break;
            case CallStep.StopHolding:
                var queue = Queue;
                Queue = null;
                Goes(queue?.Then ?? Present);
                break;
            case CallStep.Connect connect:
                (Room, AfterRoom) = (World.Network.RoomOf(Enquiry, connect.Room), connect.Then);
                Room.Enters(this);
                break;
            case CallStep.Dial dial:
                Dials(dial);
                break;
            case CallStep.Record record when Speaks() is { } spoken:
                Then(spoken, () => Goes(record.Then, Seconds(spoken)));
                break;
            case CallStep.Record:
                Then(Duration.FromSeconds(5), goOn);
                break;
            case CallStep.GoTo to:
                Goes(to.Then);
                break;
            default:
                Ends("completed");
                break;
        }
    }

    /// <summary>Rings somebody from this line, and goes on when that is over.</summary>
    protected virtual void Dials(CallStep.Dial dial) => throw new InvalidOperationException($"{this} cannot dial");

    private void Asks(Duration prompt, Duration timeout, Destination then)
    {
        if (Presses(then, prompt) is { } pressed && pressed.After < prompt + timeout)
        {
            Then(pressed.After, () => Goes(then, pressed.Key));
        }
        else
        {
            Then(prompt + timeout, () => Goes(then));
        }
    }

    private static string Seconds(Duration spoken) => ((int)spoken.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static Duration Lasts(ValueList<CallStep> steps) => steps.Aggregate(Duration.Zero, (length, step) => length + (Lasts(step) ?? Duration.Zero));

    private static Duration LastsWithKeys(CallStep step) => step is CallStep.WithKeys held ? Lasts(held.Prompt) + KeyPause : Lasts(step) ?? Duration.Zero;

    /// <summary>How long a step lasts that only speaks or plays; null = it does something else.</summary>
    private static Duration? Lasts(CallStep step) => step switch
    {
        CallStep.Say say => Duration.FromMilliseconds(300 + (60 * say.Text.Length)),
        CallStep.Pause pause => pause.Length,
        CallStep.HoldSound => HoldSound,
        CallStep.PlayMessage => Message,
        _ => null,
    };
}
