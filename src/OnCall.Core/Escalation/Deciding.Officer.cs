namespace OnCall.Core.Escalation;

/// <summary>What the officer does while nobody has taken the enquiry, when hanging up, and when calling again.</summary>
internal sealed partial class Deciding
{
    /// <summary>However often the officer calls again, what is stored stays small; the oldest lines ended long ago.</summary>
    private const int FormerCallsKept = 20;

    public void CallBackAsked(EnquiryEvent.CallBackAsked asked)
    {
        // A number that is withheld, or may not be called, is asked for first: hanging up before it is given would leave nobody to call.
        if (Held(asked.CallSid) is { Wish: OfficerWish.ToHold } paging && _enquiry.CallableNumber is not null)
        {
            Wish(paging, OfficerWish.ToBeCalledBack);
            Log("callback-requested", method: "call");
        }
    }

    public void CallBackNumberGiven(EnquiryEvent.CallBackNumberGiven given)
    {
        // From a line that counts as over, too, where no other is known to be of use: it may be all by which this officer is ever reached.
        var isOnTheLine = _enquiry.OfficerCall == given.CallSid;
        if (!(isOnTheLine || _enquiry.CallableNumber is null) || _enquiry.Stage is not (Stage.Paging or Stage.Owed) || _enquiry.CallBackTo == given.Number)
        {
            return;
        }

        _enquiry = _enquiry with { CallBackTo = given.Number };
        if (isOnTheLine && _enquiry.Stage is Stage.Paging paging)
        {
            Wish(paging, OfficerWish.ToBeCalledBack);
        }
        else if (_enquiry.Stage is Stage.Owed { Because: OwedBecause.MessageWanted } owed)
        {
            _enquiry = _enquiry with { Stage = owed with { Because = OwedBecause.CallBackWanted } };
        }

        Log("callback-requested", method: "call", detail: "on a number that was keyed in");
    }

    public void MessageAsked(EnquiryEvent.MessageAsked asked)
    {
        // The keys do at any time what was said of them, and who asked to be called back before is owed it also without a message.
        if (Held(asked.CallSid) is { Wish: OfficerWish.ToHold or OfficerWish.ToBeCalledBack } paging)
        {
            KeepPromise(paging);
            Wish(paging, OfficerWish.ToLeaveMessage);
        }
    }

    public void HoldsAgain(EnquiryEvent.HoldsAgain again)
    {
        if (Held(again.CallSid) is { Wish: OfficerWish.ToBeCalledBack or OfficerWish.ToLeaveMessage } paging)
        {
            Wish(paging, OfficerWish.ToHold);
            Log("note", method: "call", detail: "the officer goes on holding");
        }
    }

    public void OfficerHungUp(EnquiryEvent.OfficerHungUp hungUp)
    {
        if (_enquiry.OfficerCall != hungUp.CallSid)
        {
            return;
        }

        _enquiry = _enquiry with { OfficerCall = null, OfficerLeftAt = now };
        EndDials();
        if (_enquiry is { Recording: null, Stage: Stage.Owed { Because: OwedBecause.MessageWanted } or Stage.Paging { Wish: OfficerWish.ToLeaveMessage } })
        {
            _effects.Add(new Effect.FindMessage(hungUp.CallSid));
        }

        if (_enquiry is { WantsCall: true, Doubted: false, CallableNumber: not null, Stage: Stage.Menu or Stage.Paging { Wish: OfficerWish.ToHold } })
        {
            ChooseDeskIfNone();
            CallBack(_enquiry.Stage as Stage.Paging);
        }

        switch (_enquiry.Stage)
        {
            case Stage.Paging { Wish: not OfficerWish.ToHold }:
                Log("note", method: "call", detail: _enquiry.CallableNumber is null ? "the officer has hung up" : "the officer has hung up, to be called back");
                break;
            case Stage.Paging paging when _enquiry.Channel == Channel.Sms:
                // What was written stands, and is answered although its writer no longer holds.
                _enquiry = _enquiry with { Stage = paging with { HeldUntil = now + Escalator.LongestRounds } };
                Log("note", method: "call", detail: "the officer, who had written, has hung up");
                break;
            case Stage.Menu or Stage.Paging:
                Abandon();
                break;
            case Stage.Accepted { Talk: Talk.AdviserGone } accepted:
                TalkIsOver(accepted);
                break;
            case Stage.Accepted { Talk: Talk.Joining } accepted when _enquiry.CallBackPromised:
                // The word of it comes late: who had been told good-bye before it was taken is called back, as promised.
                ReachOfficer(accepted, hearsMessage: _enquiry.Recording is not null);
                FetchAdviser(accepted.Page is null ? null : Find(accepted.Page));
                break;
            case Stage.Accepted { Talk: Talk.Joining or Talk.Talking or Talk.CallingBack } accepted:
                OfficerLeft(accepted);
                break;
            case Stage.Closed:
                FetchAdviser(_enquiry.Pages.FirstOrDefault(page => page.State is PageState.Over { End: PageEnd.Taken }));
                break;
        }
    }

    public void OfficerCalledAgain(EnquiryEvent.OfficerCalledAgain again)
    {
        var isInDoubt = again.Flooding || roster.IsBlocked(_enquiry.From, now);

        // Whom somebody has taken once rings nobody again before a key and a force are given: that call is an enquiry of its own.
        if (!Escalator.MayBeJoined(_enquiry, roster, now) || _enquiry.OfficerCall == again.CallSid || IsFormer(again.CallSid) || (isInDoubt && _enquiry.Stage is Stage.Accepted { Talk: not (Talk.CallingBack or Talk.HearingMessage) }))
        {
            return;
        }

        if (_enquiry.OfficerCall is { } former)
        {
            HangUp(former);
            _enquiry = _enquiry with { FormerCalls = _enquiry.FormerCalls.TakeLast(FormerCallsKept - 1).Append(former).ToValueList() };
        }

        _enquiry = _enquiry with { OfficerCall = again.CallSid };
        Log("received", method: "call", detail: "the officer called again");
        switch (_enquiry.Stage)
        {
            case Stage.Menu when _enquiry.Doubted:
                Doubt();
                break;
            case Stage.Menu:
                _enquiry = _enquiry with { Stage = new Stage.Menu(1, now + Escalator.LongestMenu) };
                break;
            case Stage.Paging paging when _enquiry.Pages.Any(page => page is { IsLive: true, Method: PageMethod.Sms }):
                KeepPromise(paging);
                RingInsteadOfTexting(paging with { HeldUntil = now + Escalator.LongestHold, Wish = OfficerWish.ToHold });
                break;
            case Stage.Paging paging:
                KeepPromise(paging);
                _enquiry = _enquiry with { Stage = paging with { HeldUntil = now + Escalator.LongestHold, Wish = OfficerWish.ToHold } };
                break;
            case Stage.Owed owed when _enquiry.Doubted || isInDoubt:
                StopPages();
                _enquiry = _enquiry with { CallBackPromised = owed.Because != OwedBecause.Abandoned };
                Doubt();
                break;
            case Stage.Owed owed:
                // The step at which the officer had hung up begins anew; after all rounds, the first.
                var (round, step) = owed.Reached is { } reached ? (reached.Round, reached.StepBefore) : (1, -1);
                _enquiry = _enquiry with { Stage = new Stage.Paging(round, step, now + Escalator.LongestHold), CallBackPromised = owed.Because != OwedBecause.Abandoned };
                NextStep();
                break;
            case Stage.Accepted { Talk: Talk.CallingBack or Talk.HearingMessage } accepted:
                SetTalk(accepted, Talk.Joining);
                if (accepted.Talk == Talk.HearingMessage)
                {
                    FetchAdviser(accepted.Page is null ? null : Find(accepted.Page));
                }

                break;
            case Stage.Accepted { Talk: Talk.Joining or Talk.Talking }:
                // The adviser is in the room, or on the way there, and the room goes on without the officer's former line; should it have ended meanwhile, the officer is fetched out of it.
                SetTalk((Stage.Accepted)_enquiry.Stage, Talk.Joining);
                break;
            case Stage.Accepted accepted:
                LetGoOfAdviser(accepted);
                PageAgain(accepted.Adviser, "the officer called again; the adviser who has it is rung first");
                break;
        }
    }

    /// <summary>Whether the officer has called again since on another line: what is told of this one is told late.</summary>
    private bool IsFormer(string callSid) => _enquiry.FormerCalls.Contains(callSid);

    /// <summary>The officer is there, be it on a line of before.</summary>
    private void IsServedOn(string callSid) =>
        _enquiry = _enquiry with { OfficerCall = callSid, FormerCalls = _enquiry.FormerCalls.Where(former => former != callSid).ToValueList() };

    /// <summary>What was asked for is owed, whatever the officer wants now.</summary>
    private void KeepPromise(Stage.Paging paging) =>
        _enquiry = _enquiry with { CallBackPromised = _enquiry.CallBackPromised || paging.Wish != OfficerWish.ToHold };

    /// <summary>Whoever has it is told to call back, or, where the officer had hung up before, the advisers once more; who was on the line since is not called back for it.</summary>
    public void OfficerCalledInVain(EnquiryEvent.OfficerCalledInVain again)
    {
        if (_enquiry.Stage is Stage.Closed || !IsNew($"in vain {again.CallSid}"))
        {
            return;
        }

        _timeline.Add(new TimelineEntry(again.At, "received", null, "call", "the officer called again, and hung up before anybody answered"));
        if (_enquiry.OfficerCall is not null || _enquiry.OfficerLeftAt >= again.At)
        {
            return;
        }

        _enquiry = _enquiry with { OfficerLeftAt = again.At };
        switch (_enquiry.Stage)
        {
            case Stage.Owed { Because: OwedBecause.Abandoned } owed:
                _enquiry = _enquiry with { Stage = owed with { Next = now + Escalator.AbandonedReminder } };
                TextThatOfficerHungUp();
                break;
            case Stage.Accepted { Talk: not (Talk.HearingMessage or Talk.CallingBack) } accepted:
                Text(roster.Adviser(accepted.Adviser), to => Phrases.OfficerCalledInVain(to, _enquiry.Ref, roster.DeskName(_enquiry.Desk, to), _enquiry.Number));
                break;
        }
    }

    /// <summary>An adviser who may still wait in the room, alone, must not meet there whoever takes it now.</summary>
    private void LetGoOfAdviser(Stage.Accepted accepted)
    {
        if (accepted is { Talk: Talk.OfficerGone or Talk.OfficerUnreached, Page: { } page })
        {
            HangUp(Find(page)?.CallSid);
        }
    }

    private Stage.Paging? Held(string callSid) => _enquiry.OfficerCall == callSid ? _enquiry.Stage as Stage.Paging : null;

    private void Wish(Stage.Paging paging, OfficerWish wish) => _enquiry = _enquiry with { Stage = paging with { Wish = wish } };
}
