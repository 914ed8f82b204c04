namespace OnCall.Core.Escalation;

/// <summary>How a call leaves the chain: the officer hangs up, is promised something, or is led back to where calls usually wait.</summary>
internal sealed partial class Deciding
{
    /// <summary>The dial ends with the officer's leg, also with one of before.</summary>
    private void ChainOfficerLeft(ChainState state)
    {
        EndDials(state);
        OfficerHungUp(new EnquiryEvent.OfficerHungUp(state.OfficerCall));
    }

    /// <summary>Where the database was away the officer was told which it is; else it is as for every call, and the officer's next document is read off it.</summary>
    private void ChainPromised(ChainState state, OwedBecause because)
    {
        if (IsOfLegBefore(state))
        {
            // Kept, should the officer hang up this time, too.
            _enquiry = _enquiry with { CallBackPromised = _enquiry.CallBackPromised || _enquiry.Stage is Stage.Menu or Stage.Paging };
            return;
        }

        // That the officer's call is over may be told first, by another node.
        if (_enquiry is { OfficerCall: null, Stage: Stage.Accepted talk } && IsBefore(talk, state))
        {
            EndTalk(talk, state);
        }

        Remember(state);
        if (!IsNew($"chain {state.Name} promised"))
        {
            return;
        }

        if (_enquiry.OfficerCall is null && IsSeenToByNow)
        {
            PromiseCallBack();
        }
        else if (_enquiry.Stage is Stage.Menu or Stage.Paging or Stage.Owed { Because: OwedBecause.Abandoned })
        {
            var owed = state.Because == ChainBecause.RestFails ? WhyOwed() : because == OwedBecause.MessageWanted && _enquiry.Recording is not null ? OwedBecause.MessageLeft : because;
            StopPages();
            _enquiry = _enquiry with { Stage = Chased(owed) };
            Log("unanswered", detail: "nobody took it in all rounds");
            TellIfUnmanned(!IsAnybodyOnDuty());
        }
    }

    /// <summary>Whether somebody has it who has yet to speak with the officer, or is rung for it.</summary>
    private bool IsSeenToByNow => _enquiry.Stage is Stage.Accepted { Page: null } or Stage.Accepted { Talk: Talk.CallingBack or Talk.HearingMessage or Talk.OfficerUnreached }
        || (_enquiry.Stage is Stage.Paging && _enquiry.Pages.Any(page => page is { IsLive: true, IsDialled: false }));

    /// <summary>The steps go on in the usual way: in the step in which the next one would have been dialled, first with those who were not.</summary>
    private void ReturnFromChain(ChainState state)
    {
        if (IsOfLegBefore(state))
        {
            return;
        }

        if (!IsHistory(state))
        {
            EndDials(state);
        }

        Remember(state);
        if (_enquiry.Stage is not Stage.Paging)
        {
            return;
        }

        // What rang as the database went has rung long enough, and nobody told of it: the officer does not hold for it.
        ExpirePages();
        if (_enquiry.Pages.Any(page => page.IsLive))
        {
            GoOnIfStepIsOver();
        }
        else if (IsNew($"chain {state.Name} over after {state.Dials}"))
        {
            Log("note", method: "call", detail: "the officer waits in the usual way from now on");
            if (_enquiry.Stage is Stage.Paging { Wish: OfficerWish.ToLeaveMessage } paging)
            {
                Wish(paging, OfficerWish.ToHold);
            }

            GoOnFrom(state);
        }
    }

    /// <summary>What the officer's line dials rings no more once the officer is somewhere else, or gone, also where another node has yet to tell how it ended: that word comes too late to lead anybody on.</summary>
    /// <param name="of">Null = those of every chain.</param>
    private void EndDials(ChainState? of = null)
    {
        var begin = of?.DialsOf(_enquiry) ?? "";
        foreach (var page in _enquiry.Pages.Where(page => page is { IsLive: true, IsDialled: true } && page.Id.StartsWith(begin, StringComparison.Ordinal)))
        {
            End(page, PageEnd.Missed);
        }
    }

    /// <summary>The state of the last step, if that was a dial of the chain.</summary>
    private ChainState? LastDial => _enquiry.Chain is { Dial: not null } chain && Find(chain.PageOf(_enquiry))?.Attempt == _enquiry.Attempts ? chain : null;

    private void GoOnFrom(ChainState state)
    {
        var paging = (Stage.Paging)_enquiry.Stage;
        if (paging.HeldUntil > now && NotDialledIn(state) is { Count: > 0 } left)
        {
            Begin(paging, new StepAhead(state.Round, state.Step, left), roster.Policy(_enquiry));
        }
        else
        {
            _enquiry = _enquiry with { Stage = paging with { Round = state.Round, Step = state.Step } };
            NextStep();
        }
    }

    /// <summary>Who can be rung of the chain's step, and was not dialled in it.</summary>
    private List<Candidate> NotDialledIn(ChainState state) => state.Round <= roster.Policy(_enquiry).Rounds && roster.Policy(_enquiry).Steps.ElementAtOrDefault(state.Step) is { } step
        ? [.. Reachable(step).Where(candidate => !state.Rung.Contains(candidate.Adviser.Id) && !IsBusy(candidate))]
        : [];
}
