using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Soak.Carrier;

namespace OnCall.Soak.Nodes;

/// <summary>Does effects, each at least once: late when a node died or the account's rate is used up, twice when the word that it is done was lost.</summary>
internal sealed class Outbox(World world)
{
    private const int MostAttempts = 5;

    private static readonly Duration Later = Duration.FromSeconds(2);

    private readonly Dictionary<Guid, List<Posted>> _waiting = [];

    public void Add(Kept kept, Effect effect)
    {
        if (world.Defect.Loses(effect))
        {
            return;
        }

        var posted = new Posted(kept, effect);
        if (!_waiting.TryGetValue(posted.Enquiry, out var waiting))
        {
            _waiting.Add(posted.Enquiry, waiting = []);
        }

        waiting.Add(posted);
        world.After(Lag(), () => Run(posted));
    }

    /// <summary>Whether an effect of an enquiry is still to be done.</summary>
    public bool Holds(Guid enquiry, Func<Effect, bool> which) => _waiting.TryGetValue(enquiry, out var waiting) && waiting.Exists(posted => which(posted.Effect));

    /// <summary>Whether the line is about to be hung up: the officer has called again.</summary>
    public bool IsHungUp(Leg leg) => Holds(leg.Enquiry, effect => effect is Effect.HangUp hangUp && hangUp.CallSid == leg.Sid);

    private Duration Lag() => world.Weather.GoesWrong(0.005) ? world.Chance.Seconds(5, 40)
        : Duration.Max(Duration.Zero, world.Weather.DeadUntil - world.Now) + (world.Chance.Is(0.05) ? world.Chance.Seconds(0.5, 6) : world.Chance.Seconds(0.02, 0.3));

    private void Run(Posted posted)
    {
        if (world.Weather.IsDatabaseAway)
        {
            world.Weather.WithDatabase(() => Run(posted));
            return;
        }

        posted.Attempts++;
        switch (posted.Effect)
        {
            case Effect.PlaceCall place:
                Place(posted, place);
                break;
            case Effect.CallBack back:
                Place(posted, back);
                break;
            case Effect.PageByText text:
                Text(posted, text);
                break;
            case Effect.SendText or Effect.Relay or Effect.KeepMessage or Effect.FindMessage:
                Send(posted);
                break;
            default:
                Change(posted);
                break;
        }
    }

    private void Place(Posted posted, Effect.PlaceCall place)
    {
        if (posted.Kept.Enquiry.Pages.FirstOrDefault(page => page.Id == place.Page) is not { State: PageState.Requested })
        {
            Done(posted);
            return;
        }

        Request(posted, () => world.Network.RingsAdviser(posted.Kept, place), sid => new EnquiryEvent.PagePlaced(place.Page, sid), why => new EnquiryEvent.PageRefused(place.Page, why));
    }

    private void Place(Posted posted, Effect.CallBack back)
    {
        if (posted.Kept.Enquiry is not { Stage: Stage.Accepted { Talk: Talk.CallingBack }, OfficerCall: null })
        {
            Done(posted);
            return;
        }

        Request(posted, () => world.Network.RingsOfficer(posted.Kept, back.To), sid => new EnquiryEvent.CallBackPlaced(sid), why => new EnquiryEvent.CallBackRefused(why));
    }

    /// <summary>Twilio may do it and say so, refuse, be away, or do it while the answer is lost; then its list shows the call, or does not yet.</summary>
    private void Request(Posted posted, Func<string> make, Func<string, EnquiryEvent> placed, Func<string, EnquiryEvent> refused)
    {
        if (posted.Made is { } found)
        {
            Tell(posted, placed(found));
        }
        else if (posted.Attempts > MostAttempts)
        {
            Tell(posted, refused("Twilio did not say what became of it"));
        }
        else if (IsAway() && posted.Attempts < MostAttempts)
        {
            Again(posted);
        }
        else if (world.Weather.IsTwilioAway)
        {
            Tell(posted, refused("Twilio cannot be reached"));
        }
        else if (world.Weather.GoesWrong(0.01))
        {
            Tell(posted, refused("Twilio refused: 13224"));
        }
        else if (world.Weather.GoesWrong(0.015))
        {
            var made = make();
            posted.Made = world.Chance.Is(0.7) ? made : null;
            Again(posted);
        }
        else
        {
            var sid = make();
            world.After(world.Chance.Seconds(0.05, 0.6), () => Tell(posted, placed(sid)));
        }
    }

    private void Text(Posted posted, Effect.PageByText text)
    {
        if (IsAway() && posted.Attempts < MostAttempts)
        {
            Again(posted);
            return;
        }

        if (world.Weather.IsTwilioAway || world.Weather.GoesWrong(0.02))
        {
            Tell(posted, new EnquiryEvent.PageTextFailed(text.Page, "Twilio refused: 21610"));
            return;
        }

        Tell(posted, new EnquiryEvent.PageTexted(text.Page, world.Network.NewName("SM")));
        if (world.Weather.GoesWrong(0.03))
        {
            world.Network.Signal(posted.Enquiry, new EnquiryEvent.PageTextFailed(text.Page, "undelivered"));
        }
        else
        {
            world.Advisers.ReadsText(text.Adviser, posted.Enquiry);
        }
    }

    private void Send(Posted posted)
    {
        if (IsAway())
        {
            Again(posted);
            return;
        }

        Done(posted);
        if (posted.Effect is Effect.Relay relay && world.Weather.GoesWrong(0.03))
        {
            world.Network.Signal(posted.Enquiry, new EnquiryEvent.RelayFailed(relay.Message, relay.Adviser, "undelivered"));
        }
        else if (posted.Effect is Effect.SendText { Adviser: { } adviser } && !world.Weather.GoesWrong(0.01))
        {
            world.Advisers.ReadsText(adviser, posted.Enquiry);
        }
        else if (posted.Effect is Effect.SendText text)
        {
            world.Coordinators.ReadText(text.To, posted.Enquiry);
        }
    }

    private void Change(Posted posted)
    {
        if (IsAway())
        {
            if (posted.Attempts < MostAttempts)
            {
                Again(posted);
            }
            else
            {
                Done(posted);
            }

            return;
        }

        if (world.Network.Changes(posted) is { } gone)
        {
            Tell(posted, gone);
        }
        else
        {
            Done(posted);
        }

        if (world.Weather.GoesWrong(0.01))
        {
            world.After(world.Chance.Seconds(1, 30), () => world.Network.Changes(posted));
        }
    }

    private bool IsAway() => world.Weather.IsTwilioAway || world.Weather.GoesWrong(0.01);

    private void Tell(Posted posted, EnquiryEvent what) => world.Weather.WithDatabase(() =>
    {
        Done(posted);
        world.Nodes.Happened(posted.Enquiry, what);
    });

    private void Again(Posted posted) => world.After(Later + (world.Weather.GoesWrong(0.05) ? world.Chance.Seconds(3, 30) : Duration.Zero), () => Run(posted));

    private void Done(Posted posted)
    {
        if (_waiting.TryGetValue(posted.Enquiry, out var waiting) && waiting.Remove(posted) && waiting.Count == 0)
        {
            _waiting.Remove(posted.Enquiry);
        }
    }
}
