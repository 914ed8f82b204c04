using NodaTime;

namespace OnCall.Core.Escalation;

/// <summary>
/// What is told of a call on the chain, perhaps long afterwards, twice, or by several nodes in any order: each fact carries all that it takes, and nothing is
/// asked of the officer's leg, which its own documents lead on.
/// </summary>
internal sealed partial class Deciding
{
    /// <summary>How much longer than its ring a dial may take before it counts as lost: Twilio rings five seconds longer than told.</summary>
    private static readonly Duration DialGrace = Duration.FromSeconds(15);

    /// <summary>From so late on the facts of a call are told one after the other, and not as they happen.</summary>
    private static readonly Duration Late = Duration.FromSeconds(2);

    /// <summary>How long the next fact may take to be told, by another node too.</summary>
    private static readonly Duration Quiet = Duration.FromSeconds(10);

    /// <param name="toldAt">When it is told; <c>now</c> is when it happened.</param>
    public void Chained(EnquiryEvent.Chained told, Instant toldAt)
    {
        if (_enquiry.Stage is Stage.Closed)
        {
            return;
        }

        // A message may have been finished while the database was away, or a talk, and led nobody on.
        var leadsOn = told.Fact is not (ChainFact.MessageLeft or ChainFact.RoomEnded);
        if (leadsOn)
        {
            JoinChain(told.State, (told.Fact as ChainFact.DeskChosen)?.Why);
        }

        if (leadsOn && !IsHistory(told.State) && told is not ({ Fact: ChainFact.Returned } or { Fact: ChainFact.OfficerLeft, State.Dial: null }))
        {
            EndTalkBefore(told.State);
        }

        switch (told.Fact)
        {
            case ChainFact.RoomEnded:
                ChainRoomEnded(told.State);
                break;
            case ChainFact.Dialled:
                ChainPage(told.State);
                break;
            case ChainFact.PickedUp picked:
                ChainPickedUp(told.State, ChainPage(told.State), picked.CallSid);
                break;
            case ChainFact.Taken taken:
                ChainTaken(told.State, taken.CallSid);
                break;
            case ChainFact.Passed passed:
                ChainPassed(ChainPage(told.State), passed.CallSid);
                break;
            case ChainFact.Missed missed:
                ChainMissed(told.State, missed);
                break;
            case ChainFact.AdviserLeft left:
                ChainTaken(told.State, left.CallSid);
                if (!IsHistory(told.State) && !HaveWrittenSince)
                {
                    PromiseIsKept();
                }

                PageHungUp(new EnquiryEvent.PageHungUp(told.State.PageOf(_enquiry), left.CallSid, "completed"));
                break;
            case ChainFact.OfficerLeft:
                ChainOfficerLeft(told.State);
                break;
            case ChainFact.Promised promised:
                ChainPromised(told.State, promised.Because);
                break;
            case ChainFact.MessageLeft message:
                MessageLeft(new EnquiryEvent.MessageLeft(told.State.OfficerCall, message.RecordingSid, message.Length));
                break;
            case ChainFact.Returned:
                ReturnFromChain(told.State);
                break;
        }

        if (_enquiry.Stage is Stage.Paging { Through: true } paging && !_enquiry.Pages.Any(page => page.IsLive))
        {
            // Nobody is waited for any more: should no further word come from the chain, the time of the hold ends it.
            _enquiry = _enquiry with { Stage = paging with { Through = false } };
        }

        if (!IsOfLegBefore(told.State))
        {
            KeepQuiet(told.Fact is ChainFact.Returned ? null : told.At, toldAt);
        }
    }

    /// <summary>A dial of ten minutes ago is not overdue as long as the word of what became of it may still be on its way.</summary>
    /// <param name="at">When it happened; null = from now on the steps go on.</param>
    public void KeepQuiet(Instant? at, Instant toldAt) =>
        _enquiry = _enquiry with { QuietUntil = at is null ? null : toldAt - at > Late ? toldAt + Quiet : _enquiry.QuietUntil };

    /// <summary>An officer who could not be told the reference reads it.</summary>
    public void TextRef() => TextOfficer(to => Phrases.RefByText(to, _enquiry.Ref));

    /// <summary>What must be known before anything else of the chain, whichever of its facts is told first.</summary>
    private void JoinChain(ChainState state, string? why)
    {
        if (IsNew($"chain {state.Name}"))
        {
            Log("note", method: "call", detail: state.Because == ChainBecause.DatabaseAway
                ? "the database was away: the officer was led on from the book in memory, and this was written down afterwards"
                : "Twilio's REST API fails: the experts are dialled from the officer's own call, one after another");

            if (!IsHistory(state))
            {
                // What still waits for its request is not asked for any more: the officer's document dials.
                StopPages(page => page.State is PageState.Requested);
            }
        }

        if (IsOfLegBefore(state))
        {
            return;
        }

        if (_enquiry.Desk is null && state.Desk is not null)
        {
            _enquiry = _enquiry with { Desk = state.Desk, Priority = state.Priority, Policy = state.Policy, SaidForce = state.SaidForce, Doubted = state.Doubted };
            Log("desk-chosen", detail: why ?? roster.DeskName(state.Desk));
        }

        if (_enquiry.Stage is Stage.Menu && (state.Ask == 0 || state.Dial is not null))
        {
            _enquiry = _enquiry with { Stage = new Stage.Paging(1, -1, state.HeldUntil) };
        }
    }

    /// <summary>The page of the dial; it is made, and said to be sent, by whichever fact is told first.</summary>
    private Page ChainPage(ChainState state)
    {
        var (id, dial) = (state.PageOf(_enquiry), state.Dial!);
        if (Find(id) is { } known)
        {
            return known;
        }

        // What a line has dialled ends with it, and is no step of those that go on without the officer.
        var isPast = IsPast(state);
        if (!isPast)
        {
            BeginDial(state, dial);
        }

        if (!IsHistory(state))
        {
            Remember(state);
        }

        PageState standing = isPast || _enquiry.Stage is Stage.Accepted ? new PageState.Over(PageEnd.Missed) : new PageState.Ringing(dial.At + dial.Ring + DialGrace);
        var attempt = isPast ? 0 : _enquiry.Attempts + 1;
        var page = new Page(id, dial.Adviser, roster.Adviser(dial.Adviser)?.Phone ?? _enquiry.Line, dial.Ring, attempt, dial.Source, null, standing);
        var pages = isPast ? _enquiry.Pages.Prepend(page).ToValueList() : _enquiry.Pages.Add(page);
        _enquiry = _enquiry with { Pages = pages, PageCount = _enquiry.PageCount + 1, Attempts = Math.Max(_enquiry.Attempts, attempt) };
        if (IsNewOf(state, "sent"))
        {
            _timeline.Add(new TimelineEntry(dial.At, "page-sent", page.Adviser, "call", page.Source));
        }

        return page;
    }

    /// <summary>The furthest dial of the latest chain, whichever is told last: an officer's webhook that comes twice gets the same document.</summary>
    private void Remember(ChainState state)
    {
        if (_enquiry.Chain is not { } known || known.IsBefore(state))
        {
            _enquiry = _enquiry with { Chain = state };
        }
    }

    /// <summary>The officer is dialled on.</summary>
    private void BeginDial(ChainState state, ChainDial dial)
    {
        StopPages(page => page.Adviser == dial.Adviser || page.State is PageState.Requested);
        if (_enquiry.Stage is Stage.Paging paging)
        {
            _enquiry = _enquiry with { Stage = paging with { Round = dial.Round, Step = dial.Step, Through = false } };
        }
    }

    private void ChainPickedUp(ChainState state, Page page, string callSid)
    {
        if (page.State is PageState.Ringing)
        {
            // No step of ours begins while somebody hears the prompt: the officer's own document waits for the end of it.
            Replace(page with { CallSid = callSid, State = new PageState.Answered(now + Escalator.LongestPrompt, now + Escalator.LongestPrompt) });
        }

        if (IsNewOf(state, "answered"))
        {
            Log("page-answered", page.Adviser, "call");
        }
    }

    private void ChainTaken(ChainState state, string callSid)
    {
        var page = ChainPage(state);
        if (page.State is PageState.Over { End: PageEnd.Taken })
        {
            return;
        }

        ChainPickedUp(state, page, callSid);
        var isNew = IsNewOf(state, "taken");
        if (IsHistory(state))
        {
            if (isNew)
            {
                Log("accepted", page.Adviser, "call");
                Log("bridged", page.Adviser, "call");
            }

            return;
        }

        if (_enquiry.Stage is Stage.Accepted)
        {
            if (IsNew($"{page.Id} connected, too"))
            {
                Log("note", page.Adviser, "call", "was connected with the officer, too");
            }

            return;
        }

        End(Find(page.Id)! with { CallSid = callSid }, PageEnd.Taken);
        StopPages();
        BecomeAccepted(page.Adviser, page.Id, _enquiry.OfficerCall is null ? Talk.OfficerGone : Talk.Talking, "call");
        if (_enquiry is { WantsCall: true, OfficerCall: null } && HaveWrittenSince)
        {
            PromiseCallBack();
        }

        Log("bridged", page.Adviser, "call");
    }

    private void ChainPassed(Page page, string callSid)
    {
        if (page.State is not PageState.Over { End: PageEnd.Passed or PageEnd.Taken })
        {
            End(page with { CallSid = callSid }, PageEnd.Passed);
            Log("page-declined", page.Adviser, "call");
        }
    }

    private void ChainMissed(ChainState state, ChainFact.Missed missed)
    {
        var page = ChainPage(state);
        if (page.IsLive || (IsPast(state) && page.State is PageState.Over { End: PageEnd.Missed } && IsNewOf(state, "missed")))
        {
            EndUnanswered(page with { CallSid = page.CallSid ?? missed.CallSid }, missed.Status);
        }
        else if (!IsHistory(state) && page.CallSid is { } callSid)
        {
            // Key 1 was pressed, and the line broke off before the two were connected.
            PageHungUp(new EnquiryEvent.PageHungUp(page.Id, callSid, missed.Status));
        }
    }
}
