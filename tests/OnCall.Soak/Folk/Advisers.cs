using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Soak.Folk;

/// <summary>The advisers, and what they answer to texts.</summary>
internal sealed class Advisers(World world)
{
    private readonly Dictionary<string, AdviserPhone> _phones = [];

    public AdviserPhone Named(string id)
    {
        if (!_phones.TryGetValue(id, out var phone))
        {
            _phones.Add(id, phone = new AdviserPhone(id));
        }

        return phone;
    }

    /// <summary>A text about an enquiry lies there; it is read in a while.</summary>
    public void ReadsText(string adviser, Guid enquiry)
    {
        if (Named(adviser).Unread.Add(enquiry))
        {
            world.After(world.Chance.About(Duration.FromMinutes(4)) + Duration.FromSeconds(8), () => Reads(adviser, enquiry));
        }
    }

    private void Reads(string adviser, Guid id)
    {
        Named(adviser).Unread.Remove(id);
        if (world.Nodes.Find(id)?.Enquiry is not { } enquiry || world.Book.Advisers.GetValueOrDefault(adviser)?.Sms is null)
        {
            return;
        }

        if (enquiry.AcceptedBy == adviser && enquiry.Stage is Stage.Accepted accepted)
        {
            WritesAbout(accepted, id);
        }
        else if (enquiry.Stage is Stage.Owed || (enquiry.Stage is Stage.Paging && enquiry.OfficerCall is null))
        {
            AnswersOffer(adviser, id);
        }
    }

    private void AnswersOffer(string adviser, Guid id)
    {
        switch (world.IsQuiet ? 0 : world.Chance.Below(10))
        {
            case 0 or 1:
                Tell(id, new EnquiryEvent.TakenByText(adviser, NewText()));
                break;
            case 2:
                Tell(id, new EnquiryEvent.PassedByText(adviser, NewText()));
                break;
        }
    }

    /// <summary>Who has it is done with it, or not yet.</summary>
    private void WritesAbout(Stage.Accepted accepted, Guid id)
    {
        var (adviser, chance) = (accepted.Adviser, world.Chance);
        switch (chance.Below(accepted.Talk == Talk.Over ? 20 : 60))
        {
            case < 9:
                Tell(id, new EnquiryEvent.Close(adviser, chance.Of(["extradition", "records", "other"]), chance.Is(0.3) ? "told how" : null));
                break;
            case < 11:
                Tell(id, new EnquiryEvent.CallWanted(adviser, NewText()));
                ReadsText(adviser, id);
                break;
            case 11:
                Tell(id, new EnquiryEvent.PassedByText(adviser, NewText(), chance.Is(0.5) ? chance.Of(world.Book.Content.Desks).Id : null));
                break;
            case < 15:
                Tell(id, new EnquiryEvent.AdviserTexted(adviser, NewText(), 1 + chance.Below(1700)));
                ReadsText(adviser, id);
                break;
            default:
                ReadsText(adviser, id);
                break;
        }
    }

    private string NewText() => world.Network.NewName("SM");

    private void Tell(Guid id, EnquiryEvent what)
    {
        world.Weather.WithDatabase(() => world.Nodes.Happened(id, what));
        if (world.Weather.GoesWrong(0.02))
        {
            world.After(world.Chance.Seconds(1, 20), () => world.Weather.WithDatabase(() => world.Nodes.Happened(id, what)));
        }
    }
}
