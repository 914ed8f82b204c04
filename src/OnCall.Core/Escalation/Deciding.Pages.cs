namespace OnCall.Core.Escalation;

internal sealed partial class Deciding
{
    public void PagePlaced(EnquiryEvent.PagePlaced placed)
    {
        var page = FindCall(placed.Page);
        if (page is { State: PageState.Requested } && Owns(page, placed.CallSid))
        {
            Replace(page with { CallSid = placed.CallSid, State = new PageState.Ringing(now + page.Ring) });
            Log("page-sent", page.Adviser, "call", page.Source);
        }
        else if (page?.CallSid != placed.CallSid && Page.EnquiryOf(placed.Page) == _enquiry.Id)
        {
            // Withdrawn while its request was under way, or a second call for the same page: nobody is to be rung by it.
            HangUp(placed.CallSid);
            if (page is { CallSid: null } && _enquiry.Stage is not Stage.Closed)
            {
                Replace(page with { CallSid = placed.CallSid });
            }
        }
    }

    public void PageRefused(EnquiryEvent.PageRefused refused)
    {
        if (FindCall(refused.Page) is { State: PageState.Requested } page)
        {
            End(page, PageEnd.Failed);
            Log("page-failed", page.Adviser, "call", refused.Reason);
            GoOnIfStepIsOver();
        }
    }

    public void PageAnswered(EnquiryEvent.PageAnswered answered)
    {
        if (FindCall(answered.Page) is not { HungUp: false } page || !Owns(page, answered.CallSid) || !(page.State is PageState.Requested or PageState.Ringing || WasGivenUpAtThatMoment(page)))
        {
            return;
        }

        if (page.State is PageState.Requested)
        {
            Log("page-sent", page.Adviser, "call", page.Source);
        }

        var ringUntil = page.State switch
        {
            PageState.Ringing ringing => ringing.Until,
            PageState.Over => now,
            _ => now + page.Ring,
        };
        Replace(page with { CallSid = answered.CallSid, PickedUp = true, State = new PageState.Answered(ringUntil, now + Escalator.LongestPrompt) });
        Log("page-answered", page.Adviser, "call");
    }

    public void PageTaken(EnquiryEvent.PageTaken taken)
    {
        if (FindCall(taken.Page) is not { HungUp: false, State: not PageState.Over { End: PageEnd.Passed } } page || !Owns(page, taken.CallSid))
        {
            return;
        }

        // A key that comes after the page was given up still takes the call, as long as nobody else has.
        if (_enquiry.Stage is Stage.Paging or Stage.Owed)
        {
            Accept(page with { CallSid = taken.CallSid });
        }
        else if (_enquiry.Stage is Stage.Accepted && page.IsLive)
        {
            ConnectTaker(page with { CallSid = taken.CallSid });
        }
    }

    public void PagePassed(EnquiryEvent.PagePassed passed)
    {
        if (FindCall(passed.Page) is { IsLive: true } page && Owns(page, passed.CallSid))
        {
            End(page, PageEnd.Passed);
            Log("page-declined", page.Adviser, "call");
            if (_enquiry.Stage is Stage.Accepted { Talk: Talk.Over } accepted && accepted.Adviser == page.Adviser)
            {
                // Who has it was rung to be connected, and gives it away.
                HandOver(accepted.Adviser, null, "call");
            }
            else
            {
                GoOnIfStepIsOver();
            }
        }
    }

    public void PageHungUp(EnquiryEvent.PageHungUp hungUp)
    {
        if (FindCall(hungUp.Page) is not { } page || !Owns(page, hungUp.CallSid))
        {
            return;
        }

        if (page.IsLive)
        {
            page = page with { CallSid = hungUp.CallSid, HungUp = true };
            EndUnanswered(page, hungUp.Status);
            GoOnIfStepIsOver();
        }
        else if (_enquiry.Stage is Stage.Accepted accepted && accepted.Page == page.Id)
        {
            AdviserLeft(accepted, hungUp.Found);
        }
    }

    private void EndUnanswered(Page page, string status)
    {
        switch (status)
        {
            case var _ when page.Method == PageMethod.Sms:
                End(page, PageEnd.Expired);
                Log("page-expired", page.Adviser, "sms", "did not answer");
                break;
            case "busy" or "failed":
                End(page, PageEnd.Failed);
                Log("page-failed", page.Adviser, "call", status);
                break;
            case "completed":
                End(page, PageEnd.Expired);
                Log("page-expired", page.Adviser, "call", "picked up, pressed no key");
                break;
            default:
                End(page, PageEnd.Expired);
                Log("page-expired", page.Adviser, "call", "did not pick up");
                break;
        }
    }

    /// <summary>The prompt on an officer's own line ends by itself. If it has not, the node that could tell of a talk may be down: neither is cut, and nobody else is rung, for as long as an officer is held.</summary>
    private bool MayBeTalking(Page page) => page is { IsDialled: true, State: PageState.Answered } && _enquiry is { OfficerCall: not null, Stage: Stage.Paging { HeldUntil: var until } } && now < until;

    private void ExpirePages()
    {
        foreach (var page in _enquiry.Pages.Where(page => page.Deadline <= now))
        {
            if (MayBeTalking(page) && page.CallSid is { } dialled)
            {
                _effects.Add(new Effect.LookAfter(dialled, page.Id));
                Replace(page with { State = new PageState.Answered(now + Escalator.LongestPrompt, now + Escalator.LongestPrompt) });
                continue;
            }

            var isAnswered = page.State is PageState.Answered;
            EndUnanswered(page, isAnswered ? "completed" : "no-answer");

            // Who picks up at that moment is not cut: the document that is asked for then says whether it may still be taken.
            HangUp(page, unlessAnswered: !isAnswered || page.IsDialled);
        }
    }

    /// <summary>Who picked up as the phone had rung long enough may still take it, as long as nobody else has, and that adviser is not rung again already.</summary>
    private bool WasGivenUpAtThatMoment(Page page) => page is { PickedUp: false, CallSid: not null, State: PageState.Over { End: PageEnd.Expired } }
        && (_enquiry.Stage is Stage.Paging or Stage.Owed || (_enquiry.Stage is Stage.Accepted { Talk: Talk.Over } accepted && accepted.Adviser == page.Adviser)) && !_enquiry.Pages.Any(other => other.IsLive && other.Adviser == page.Adviser);

    private Page? FindCall(string pageId) => Find(pageId) is { Method: PageMethod.Call } page ? page : null;

    /// <summary>The first call that is heard of a page owns it; another one is a duplicate.</summary>
    private static bool Owns(Page page, string callSid) => page.CallSid is null || page.CallSid == callSid;
}
