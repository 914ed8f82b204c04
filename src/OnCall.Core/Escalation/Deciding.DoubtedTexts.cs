using OnCall.Core.People;

namespace OnCall.Core.Escalation;

/// <summary>A number in doubt that writes: nobody is paged before it has answered with a key and a force. It is asked, stands in the record, and is never dropped in silence.</summary>
internal sealed partial class Deciding
{
    /// <summary>A machine would answer every question.</summary>
    private const int MostQuestions = 3;

    /// <summary>Whether the sender of a text is still to say who asks: an officer on the line is asked there.</summary>
    private Stage.Menu? AskedByText => _enquiry is { Doubted: true, Channel: Channel.Sms, OfficerCall: null } ? _enquiry.Stage as Stage.Menu : null;

    /// <summary>Whether a text may be the answer to what its sender was asked: so too from one who called meanwhile, and hung up without pressing a key.</summary>
    private bool IsAnswerInDoubt(EnquiryEvent.OfficerTexted texted) => AskedByText is not null
        || (_enquiry is { Doubted: true, Channel: Channel.Sms, OfficerCall: null, Stage: Stage.Owed { Because: OwedBecause.Abandoned or OwedBecause.CallBackWanted } } && (texted.Key ?? texted.Force) is not null);

    private void DoubtText()
    {
        _enquiry = _enquiry with { Doubted = true, Stage = new Stage.Menu(1, now + Escalator.TalkByTextLasts) };
        if (_enquiry.TextNumber is null)
        {
            HoldInDoubt("the number is blocked or writes too often, and takes no texts");
            return;
        }

        Log("note", method: "sms", detail: "the number is blocked or writes too often: asked for a key and a force first");
        AskWhoAsks();
    }

    private void TextedInDoubt(EnquiryEvent.OfficerTexted texted)
    {
        WantCallInDoubt(texted);
        if (roster.Menu(_enquiry).FirstOrDefault(entry => entry.Key == texted.Key) is { } entry)
        {
            ChooseDesk(entry, $"key {entry.Key}");
        }

        if (roster.Forces.FirstOrDefault(force => force.Id == texted.Force) is { } named)
        {
            _enquiry = _enquiry with { SaidForce = named.Id };
            Log("note", method: "sms", detail: $"the sender names {named.Name}");
        }

        if (_enquiry.Desk is not null && (_enquiry.SaidForce is not null || roster.Forces.Count == 0))
        {
            var wish = _enquiry.WantsCall ? OfficerWish.ToBeCalledBack : OfficerWish.ToHold;
            _enquiry = _enquiry with { Doubted = false, Stage = new Stage.Paging(1, -1, now + Escalator.LongestRounds, Wish: wish) };
            NextStep();
            TextOfficer(to => _enquiry.WantsCall ? WillBeCalled(to) : Phrases.Receipt(to, _enquiry.Ref));
        }
        else if (AskedByText is { Ask: <= MostQuestions } menu)
        {
            _enquiry = _enquiry with { Stage = menu with { Ask = menu.Ask + 1 } };
            AskAgain(menu.Ask);
        }
    }

    /// <summary>It is remembered until it is known who asks.</summary>
    private void WantCallInDoubt(EnquiryEvent.OfficerTexted texted)
    {
        if (texted.AsksForCall && !_enquiry.WantsCall)
        {
            _enquiry = _enquiry with { WantsCall = true };
            Log("callback-requested", method: "sms");
        }
    }

    /// <summary>Who could not make it clear in writing is told to call, once.</summary>
    private void AskAgain(int asked)
    {
        if (asked < MostQuestions)
        {
            AskWhoAsks();
        }
        else
        {
            TextOfficer(to => Phrases.PleaseCall(to, _enquiry.Ref, _enquiry.Line));
        }
    }

    private void AskWhoAsks() => TextOfficer(to => Phrases.WhoAsks(to, _enquiry.Ref, roster.Menu(_enquiry), roster.Forces.Count > 0 ? roster.Forces[0].Name : null));

    /// <summary>Nobody says who asks: the record keeps it, and the coordinators are told.</summary>
    private void GiveUpAsking()
    {
        _enquiry = _enquiry with { Stage = new Stage.Closed("no answer"), EndedAt = now };
        Log("closed", detail: "no key and no force were given within a day");
        TextCoordinators(Phrases.NeverSaidWho(Language.English, _enquiry.Ref));
    }
}
