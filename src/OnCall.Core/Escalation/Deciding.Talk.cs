using NodaTime;

namespace OnCall.Core.Escalation;

internal sealed partial class Deciding
{
    public void Bridged()
    {
        if (_enquiry.Stage is Stage.Accepted { Talk: Talk.Joining } accepted)
        {
            SetTalk(accepted, Talk.Talking);
            PromiseIsKept();
            Log("bridged", accepted.Adviser, "call");
        }
    }

    /// <summary>Who asks is in no room: where the talk was under way it may have ended with the adviser, and nobody heard of it.</summary>
    public void OfficerReturned(EnquiryEvent.OfficerReturned returned)
    {
        if (_enquiry.OfficerCall == returned.CallSid && _enquiry.Stage is Stage.Accepted { Talk: Talk.Talking })
        {
            _enquiry = _enquiry with { LookAt = Instant.Min(_enquiry.LookAt ?? Instant.MaxValue, now + Escalator.LookAtOnce) };
        }
    }

    public void OfficerStayed(EnquiryEvent.OfficerStayed stayed)
    {
        if (_enquiry.OfficerCall == stayed.CallSid && _enquiry.Stage is Stage.Accepted { Talk: Talk.AdviserGone } accepted)
        {
            PageAgain(accepted.Adviser, "the adviser's line dropped; the same adviser is rung first");
        }
    }

    public void OfficerBack(EnquiryEvent.OfficerBack back)
    {
        if (_enquiry.Stage is Stage.Accepted { Talk: Talk.CallingBack } accepted && (_enquiry.OfficerCall ?? back.CallSid) == back.CallSid)
        {
            IsServedOn(back.CallSid);
            _enquiry = _enquiry with { CallBackPromised = false };
            SetTalk(accepted, Talk.Joining);
        }
    }

    public void CallBackPlaced(EnquiryEvent.CallBackPlaced placed)
    {
        var mayBeAdopted = _enquiry.OfficerCall is null && (placed.PickedUp || !IsFormer(placed.CallSid));
        if (_enquiry.Stage is Stage.Accepted { Talk: Talk.CallingBack } accepted && (mayBeAdopted || (_enquiry.OfficerCall == placed.CallSid && placed.PickedUp && !accepted.PickedUp)))
        {
            IsServedOn(placed.CallSid);
            _enquiry = _enquiry with { Stage = accepted with { Until = now + Escalator.LongestCallBack, PickedUp = placed.PickedUp } };
        }
        else if (_enquiry.OfficerCall != placed.CallSid)
        {
            // Who has picked up hears a farewell, and is not cut.
            HangUp(placed.CallSid, unlessAnswered: true);
        }
    }

    public void CallBackRefused(EnquiryEvent.CallBackRefused refused)
    {
        if (_enquiry.Stage is Stage.Accepted { Talk: Talk.CallingBack } accepted && _enquiry.OfficerCall is null)
        {
            Log("note", detail: $"the call back could not be placed: {refused.Reason}");
            if (refused.OutOfReach && _enquiry.CallBackTo is null)
            {
                _enquiry = _enquiry with { FromIsOutOfReach = true };
            }

            OfficerLeft(accepted);
        }
    }

    public void MessageHeard(EnquiryEvent.MessageHeard heard)
    {
        if (_enquiry.Stage is Stage.Accepted { Talk: Talk.HearingMessage } accepted && accepted.Page == heard.Page && Find(heard.Page)?.CallSid == heard.CallSid)
        {
            Log("note", accepted.Adviser, "call", "heard the officer's message");
            ReachOfficer(accepted, hearsMessage: false);
        }
    }

    public void Close(EnquiryEvent.Close close)
    {
        if (Escalator.MayBeClosed(_enquiry) && Hear(close.Message))
        {
            StopPages();
            if (_enquiry.Stage is Stage.Accepted { Talk: Talk.CallingBack, Page: { } page } accepted)
            {
                if (accepted.PickedUp)
                {
                    // The officer is there, and hears that it is closed.
                    MoveOfficer();
                }
                else
                {
                    StopCallingBack();
                    _enquiry = _enquiry with { OfficerCall = null };
                }

                FetchAdviser(Find(page));
            }

            _enquiry = _enquiry with { Stage = new Stage.Closed(close.Outcome), EndedAt = now };
            Log("closed", roster.Adviser(close.By)?.Id, detail: close.Outcome);
            if (close.Note is { Length: > 0 })
            {
                Log("note", roster.Adviser(close.By)?.Id, detail: close.Note);
            }
        }
    }

    private void Accept(Page page)
    {
        Replace(page);
        End(page, PageEnd.Taken);
        StopPages();
        BecomeAccepted(page.Adviser, page.Id, Talk.Joining, "call");
        BringTogether();
    }

    /// <summary>The adviser is on the line: so is the officer, or is called.</summary>
    private void BringTogether()
    {
        if (_enquiry is { OfficerCall: null, Stage: Stage.Accepted accepted })
        {
            ReachOfficer(accepted, hearsMessage: _enquiry.Recording is not null);
        }

        MoveOfficer();
    }

    /// <summary>The officer is on no line: what was recorded is heard first, and the number, where it is known, is called.</summary>
    private void ReachOfficer(Stage.Accepted accepted, bool hearsMessage)
    {
        SetTalk(accepted, hearsMessage ? Talk.HearingMessage : _enquiry.CallableNumber is not null ? Talk.CallingBack : Talk.OfficerGone);
        if (!hearsMessage && _enquiry.CallableNumber is { } number)
        {
            _effects.Add(new Effect.CallBack(number, _enquiry.Line));
        }
    }

    /// <summary>The officer counts as on the line, and was told that a call back follows, or is leaving a message: the line may have ended without a word.</summary>
    private bool IsToldGoodbye => _enquiry is
    {
        OfficerCall: not null,
        Stage: Stage.Paging { Wish: not OfficerWish.ToHold } or Stage.Owed { Because: not OwedBecause.Abandoned },
    };

    /// <summary>A call back is owed, and who takes it by text has yet to make that call.</summary>
    private bool IsOwedACall => (_enquiry.Channel == Channel.Call || _enquiry.WantsCall)
        && _enquiry.Stage is Stage.Paging { Wish: not OfficerWish.ToHold } or Stage.Owed { Because: not OwedBecause.Abandoned };

    private void BecomeAccepted(string adviser, string? page, Talk talk, string method)
    {
        var promised = _enquiry.CallBackPromised || (page is null ? IsOwedACall : IsToldGoodbye);
        _enquiry = _enquiry with { Stage = new Stage.Accepted(adviser, page, talk), CallBackPromised = promised, AcceptedBy = adviser, AcceptedAt = now, Doubted = false, LookAt = now + Escalator.FirstLook };
        Log("accepted", adviser, method);
        Text(roster.Adviser(adviser), to => YouHaveIt(to, page is not null));
        HandOnWords(adviser);
        var name = roster.Adviser(adviser)?.Name ?? adviser;
        foreach (var other in _enquiry.Pages.Where(MissedIt).Select(page => page.Adviser).Concat(_enquiry.Texted).Distinct().Where(other => other != adviser))
        {
            Text(roster.Adviser(other), to => Phrases.SomebodyElseHasIt(to, _enquiry.Ref, name));
        }
    }

    /// <summary>The phone rang, and nobody decided at it.</summary>
    private static bool MissedIt(Page page) => page is { CallSid: not null, State: PageState.Over { End: PageEnd.Missed or PageEnd.Expired } };

    private void OfficerLeft(Stage.Accepted accepted)
    {
        if (accepted.Talk == Talk.CallingBack)
        {
            PromiseCallBack();
        }

        SetTalk(accepted, accepted.Talk == Talk.CallingBack && _enquiry.CallableNumber is not null ? Talk.OfficerUnreached : Talk.OfficerGone);
        FetchAdviser(accepted.Page is null ? null : Find(accepted.Page));
    }

    /// <summary>The officer's leg ended first, or will not come: the adviser, alone in the room, is told.</summary>
    private void FetchAdviser(Page? taken)
    {
        if (taken is { Method: PageMethod.Call, CallSid: { } callSid })
        {
            _effects.Add(new Effect.MoveAdviser(callSid, taken.Id));
        }
    }

    /// <param name="found">Nobody told of it.</param>
    private void AdviserLeft(Stage.Accepted accepted, bool found)
    {
        switch (accepted.Talk)
        {
            case Talk.Joining or Talk.Talking when _enquiry.OfficerCall is not null:
                SetTalk(accepted, Talk.AdviserGone);
                if (accepted.Talk == Talk.Joining || found)
                {
                    // A room that has begun ends with the adviser and leads the officer on by itself; one that has not, or had ended before the officer came
                    // back to it, would hold the officer alone.
                    MoveOfficer();
                }

                break;
            case Talk.CallingBack when accepted.PickedUp:
                // The officer is there, and is told that the call back comes later.
                PromiseCallBack();
                MoveOfficer();
                TalkIsOver(accepted);
                break;
            case Talk.CallingBack:
                PromiseCallBack();
                StopCallingBack();
                TalkIsOver(accepted);
                break;
            case Talk.HearingMessage:
                PromiseCallBack();
                TalkIsOver(accepted);
                break;
            case Talk.OfficerGone or Talk.OfficerUnreached:
                TalkIsOver(accepted);
                break;
        }
    }

    /// <summary>Officer and adviser speak. That the officer had asked by text to be called is over, too: it goes on by text, also with whoever has it next.</summary>
    private void PromiseIsKept() => _enquiry = _enquiry with { WantsCall = false, CallBackPromised = false };

    /// <summary>Should the officer call again and hang up before anybody has taken it, the call back is owed still.</summary>
    private void PromiseCallBack() => _enquiry = _enquiry with { CallBackPromised = true };

    private void TalkIsOver(Stage.Accepted accepted)
    {
        SetTalk(accepted, Talk.Over);
        Text(roster.Adviser(accepted.Adviser), to => (_enquiry.CallBackPromised, _enquiry.Number, _enquiry.CallableNumber) switch
        {
            (true, _, not null) => Phrases.NotSpokenYet(to, _enquiry.Ref),
            (true, { } outOfReach, null) => Phrases.NoNumber(to, _enquiry.Ref, outOfReach),
            _ => Phrases.PleaseClose(to, _enquiry.Ref, roster.Topics),
        });
    }

    private void SetTalk(Stage.Accepted accepted, Talk talk) =>
        _enquiry = _enquiry with { Stage = accepted with { Talk = talk, Until = null, PickedUp = false }, LookAt = now + Escalator.FirstLook };

    private void LookAfterLegs(Stage.Accepted accepted)
    {
        _enquiry = _enquiry with { LookAt = now + Escalator.NextLook };
        if (accepted.Page is { } page && Find(page)?.CallSid is { } adviser)
        {
            _effects.Add(new Effect.LookAfter(adviser, page));
        }

        if (_enquiry.OfficerCall is { } officer)
        {
            _effects.Add(new Effect.LookAfter(officer, null));
        }
    }
}
