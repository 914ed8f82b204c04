using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Soak.Nodes;

namespace OnCall.Soak.Folk;

/// <summary>Those who look after the desks: they are told what nobody has, and go through the console every few hours.</summary>
internal sealed class Coordinators(World world)
{
    private static readonly Duration Every = Duration.FromHours(6);
    private static readonly Duration Enough = Duration.FromHours(20);
    private static readonly Duration Patience = Duration.FromDays(3);

    private int _wishes;

    public void Begin() => world.After(Every, LookThrough);

    public void ReadText(PhoneNumber number, Guid enquiry)
    {
        if (world.Book.Coordinators.Any(coordinator => coordinator.Phone == number))
        {
            world.After(world.Chance.Minutes(2, 60), () => Sees(world.Nodes.Find(enquiry)));
        }
    }

    private void LookThrough()
    {
        foreach (var kept in world.Nodes.All.ToList())
        {
            Sees(kept);
        }

        world.After(Every, LookThrough);
    }

    private void Sees(Kept? kept)
    {
        switch (kept?.Enquiry)
        {
            case { Stage: Stage.Accepted { Talk: Talk.Over } } enquiry when world.Now - enquiry.AcceptedAt > Enough:
                Tell(enquiry, world.Chance.Is(0.1) ? PassOn() : new EnquiryEvent.Close("p.lane", "other", null));
                break;
            case { Stage: Stage.Owed { Because: OwedBecause.Abandoned, Chases: > 0 } } enquiry:
                Tell(enquiry, world.IsQuiet || world.Chance.Is(0.5) ? new EnquiryEvent.Close("q.mead", "other", "hung up, and did not call again") : PassOn());
                break;
            case { Stage: Stage.Owed { IsUnmanned: true } } enquiry when world.IsQuiet:
                Tell(enquiry, PassOn());
                break;
            case { Stage: Stage.Owed { IsUnmanned: true } } enquiry when world.Now - enquiry.OpenedAt > Patience:
                // A rota that is empty for a week: they ring round until somebody takes it.
                Tell(enquiry, PassOn(toDesk: false));
                break;
            case { Stage: Stage.Owed or Stage.Paging } enquiry when !world.IsQuiet && world.Chance.Is(0.3):
                Tell(enquiry, PassOn());
                break;
            case { } enquiry when world.Chance.Is(0.2):
                Tell(enquiry, new EnquiryEvent.NoteWritten(NewWish(), "p.lane", "looked at"));
                break;
        }
    }

    private EnquiryEvent.PassedOn PassOn() => PassOn(world.Chance.Is(0.5));

    private EnquiryEvent.PassedOn PassOn(bool toDesk) => new(
        NewWish(), "p.lane", toDesk ? new PassTarget.Desk(world.Chance.Of(world.Book.Content.Desks).Id) : new PassTarget.Adviser(world.Chance.Of(world.Book.Content.Advisers).Id));

    private string NewWish() => $"wish {++_wishes}";

    private void Tell(Enquiry enquiry, EnquiryEvent what)
    {
        if (world.Weather.IsDatabaseAway)
        {
            return;
        }

        world.Nodes.Happened(enquiry.Id, what);
        if (world.Weather.GoesWrong(0.05))
        {
            world.After(world.Chance.Seconds(1, 20), () => world.Weather.WithDatabase(() => world.Nodes.Happened(enquiry.Id, what)));
        }
    }
}
