using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

/// <summary>Enquiries by text: what the officer writes, and how advisers are paged for it.</summary>
internal sealed partial class Deciding
{
    /// <summary>The first text of an enquiry. Pages go out before the receipt.</summary>
    /// <param name="inDoubt">The number is blocked, or writes too often.</param>
    public void OpenByText(EnquiryEvent.OfficerTexted first, TextDesk to, bool inDoubt)
    {
        Hear(first.Message);
        Keep(new Word(first.Message, null, first.Length));
        Log("message-in", method: "sms");
        if (inDoubt)
        {
            DoubtText();
            WantCallInDoubt(first);
            return;
        }

        if (to.Entry is null)
        {
            _enquiry = _enquiry with { Desk = to.Desk };
            Log("desk-chosen", detail: $"{roster.DeskName(to.Desk)}: {to.Why}");
        }
        else
        {
            ChooseDesk(to.Entry, to.Why);
        }

        if (first.AsksForCall)
        {
            WantCall();
        }
        else
        {
            NextStep();
            TextOfficer(to => Phrases.Receipt(to, _enquiry.Ref));
        }
    }

    public void OfficerTexted(EnquiryEvent.OfficerTexted texted)
    {
        if (_enquiry.Stage is Stage.Closed || !Hear(texted.Message))
        {
            return;
        }

        var isFirst = !_enquiry.Words.Any(word => word.Adviser is null);
        var word = new Word(texted.Message, null, texted.Length);
        Keep(word);
        Log("message-in", (_enquiry.Stage as Stage.Accepted)?.Adviser, "sms");
        if (_enquiry.Stage is Stage.Accepted accepted)
        {
            Relay(word, accepted.Adviser);
            RingWhoTakesNoTexts(accepted);
        }

        if (IsAnswerInDoubt(texted))
        {
            TextedInDoubt(texted);
        }
        else if (texted.AsksForCall && !(_enquiry.OfficerCall is not null && _enquiry.Stage is Stage.Accepted { Talk: Talk.Talking or Talk.CallingBack }))
        {
            WantCall();
        }
        else if (isFirst)
        {
            TextOfficer(to => Phrases.Receipt(to, _enquiry.Ref));
        }
    }

    /// <summary>Words that cannot be passed on by text are so by mouth: whoever has it is rung once until the two have talked, whatever more is written.</summary>
    private void RingWhoTakesNoTexts(Stage.Accepted accepted)
    {
        var isRungInVain = _enquiry.Pages.Any(page => page.Adviser == accepted.Adviser && page is { Source: ToBeConnected, State: PageState.Over { End: not PageEnd.Taken and not PageEnd.Missed } });
        if (accepted.Talk == Talk.Over && roster.Adviser(accepted.Adviser) is { Sms: null } && !isRungInVain && !roster.IsBlocked(_enquiry.From, now))
        {
            RingTaker(accepted.Adviser);
        }
    }

    /// <summary>
    /// From now on phones ring; who takes it is connected with the officer, and who has it already is rung for that. The line of an officer who counts as holding may have broken off: that one is called back once
    /// it has ended.
    /// </summary>
    private void WantCall()
    {
        var wasPagedByText = _enquiry.IsPagedByText;
        _enquiry = _enquiry with { WantsCall = true };
        Log("callback-requested", method: "sms");
        switch (_enquiry.Stage)
        {
            case Stage.Paging paging when wasPagedByText:
                RingInsteadOfTexting(paging with { Wish = OfficerWish.ToBeCalledBack });
                break;
            case Stage.Owed { Because: OwedBecause.Abandoned } owed when !_enquiry.Doubted && !roster.IsBlocked(_enquiry.From, now) && _enquiry.CallableNumber is not null:
                CallBack(owed.Reached is { } reached ? reached with { Step = reached.StepBefore, Through = false } : null);
                if (IsStepOver)
                {
                    NextStep();
                }

                break;
            case Stage.Owed { Because: OwedBecause.Abandoned }:
                _enquiry = _enquiry with { Stage = Chased(OwedBecause.CallBackWanted) };
                break;
            case Stage.Menu or Stage.Paging or Stage.Accepted { Talk: Talk.Joining or Talk.AdviserGone or Talk.OfficerGone or Talk.OfficerUnreached }:
                PromiseCallBack();
                break;
            case Stage.Accepted { Talk: Talk.Over } accepted:
                PromiseCallBack();
                RingTaker(accepted.Adviser);
                break;
        }

        TextOfficer(to => WillBeCalled(to));
    }

    /// <summary>The steps go on, or begin, for an officer who is on no line.</summary>
    private void CallBack(Stage.Paging? paging) =>
        _enquiry = _enquiry with { Stage = (paging ?? new Stage.Paging(1, -1, now)) with { HeldUntil = now + Escalator.LongestRounds, Wish = OfficerWish.ToBeCalledBack } };

    public void PageTexted(EnquiryEvent.PageTexted texted)
    {
        if (Find(texted.Page) is { Method: PageMethod.Sms, State: PageState.Requested } page)
        {
            Replace(page with { CallSid = texted.Message, State = new PageState.Ringing(now + page.Ring) });
            Log("page-sent", page.Adviser, "sms", page.Source);
        }
    }

    /// <summary>The adviser is called instead, in the same step; one who is busy with another enquiry, only if the step has nobody else, who may be free by now.</summary>
    public void PageTextFailed(EnquiryEvent.PageTextFailed failed)
    {
        if (Find(failed.Page) is not { Method: PageMethod.Sms, IsLive: true } page)
        {
            return;
        }

        End(page, PageEnd.Failed);
        Log("page-failed", page.Adviser, "sms", failed.Reason);
        if (_enquiry.Stage is Stage.Paging { Through: false } paging && roster.Candidate(page.Adviser, page.Source) is { } candidate)
        {
            if (roster.IsBusy(candidate.Adviser) && _enquiry.Pages.Any(other => other.IsLive && other.Attempt == _enquiry.Attempts))
            {
                SayBusy(candidate);
            }
            else
            {
                InsteadOf(candidate, paging).ForEach(one => RingOne(one, RingOf(paging)));
            }
        }

        GoOnIfStepIsOver();
    }

    /// <summary>Who is rung where a text did not arrive and nobody else of the step is asked: those whom the step left out as busy and who are not any more, where the one who was texted is busy.</summary>
    private List<Candidate> InsteadOf(Candidate texted, Stage.Paging paging)
    {
        if (!roster.IsBusy(texted.Adviser))
        {
            return [texted];
        }

        List<Candidate> free = [.. (StepOf(paging) is { } step ? Reachable(step) : [])
            .Where(one => !roster.IsBusy(one.Adviser) && !_enquiry.Pages.Any(page => page.Adviser == one.Adviser.Id && page.Attempt == _enquiry.Attempts && page.Method == PageMethod.Call))];
        if (free.Count == 0)
        {
            return [texted];
        }

        SayBusy(texted);
        return free;
    }

    /// <summary>Whom a step pages now: by call those who may be called; by text also those of the steps before who were texted and not called yet.</summary>
    private List<Candidate> Reachable(PolicyStep step)
    {
        var candidates = Callable(roster.Candidates(step, _enquiry, now));
        if (!_enquiry.IsPagedByText)
        {
            return candidates;
        }

        var texted = _enquiry.Pages.Where(page => page.Method == PageMethod.Sms && !WasCalled(page.Adviser))
            .Select(page => roster.Candidate(page.Adviser, page.Source)).OfType<Candidate>();
        return [.. candidates.Concat(Callable(texted)).DistinctBy(candidate => candidate.Adviser.Id)];
    }

    /// <summary>Who is to be texted disturbs nobody; who is to be called is busy with another enquiry, or not.</summary>
    private bool IsBusy(Candidate candidate) => !IsToBeTexted(candidate) && roster.IsBusy(candidate.Adviser);

    private bool IsToBeTexted(Candidate candidate) => _enquiry.IsPagedByText && candidate.Adviser.Sms is not null && roster.WhyNoText(candidate.Adviser, TextLine) is null
        && !_enquiry.Pages.Any(page => page.Method == PageMethod.Sms && page.Adviser == candidate.Adviser.Id);

    /// <summary>A step begins: by text, who was not texted yet and takes texts is texted, and everybody else is called.</summary>
    private void BeginStep(IReadOnlyCollection<Candidate> candidates, Duration ring, Duration wait)
    {
        if (!_enquiry.IsPagedByText)
        {
            Ring(candidates, ring);
            return;
        }

        _enquiry = _enquiry with { Attempts = _enquiry.Attempts + 1 };
        foreach (var candidate in candidates)
        {
            if (IsToBeTexted(candidate) && candidate.Adviser.Sms is { } number)
            {
                TextOne(candidate, number, wait);
            }
            else
            {
                SayUntextable(candidate.Adviser);
                RingOne(candidate, ring);
            }
        }
    }

    /// <returns>Whether the adviser takes texts, but none can be sent at this moment.</returns>
    private bool SayUntextable(People.Adviser adviser)
    {
        if (roster.WhyNoText(adviser, TextLine) is not { } why)
        {
            return false;
        }

        Log("page-failed", adviser.Id, "sms", why);
        return true;
    }

    private void TextOne(Candidate candidate, People.PhoneNumber number, Duration wait)
    {
        var page = AddPage(candidate, number, wait, PageMethod.Sms);
        var to = candidate.Adviser.Language;
        var body = Phrases.TextOffer(to, _enquiry.Ref, _enquiry.Priority, roster.ForceOrNumber(_enquiry.From, to), roster.DeskName(_enquiry.Desk, to));
        _effects.Add(new Effect.PageByText(page.Id, number, TextLine, body, candidate.Adviser.Id));
    }

    /// <summary>The officer, who had written, has called, or wants to be called: a page is a call then, at once.</summary>
    private void RingInsteadOfTexting(Stage.Paging paging)
    {
        var texted = _enquiry.Pages.Where(page => page is { IsLive: true, Method: PageMethod.Sms }).ToList();
        texted.ForEach(page => End(page, PageEnd.Expired));
        _enquiry = _enquiry with { Stage = paging with { Step = paging.StepBefore } };
        if (paging.Step < 0 && texted.Select(page => roster.Candidate(page.Adviser, page.Source)).OfType<Candidate>().ToList() is { Count: > 0 } named)
        {
            // Of whom somebody chose by name, no step would think.
            Ring(named, SameAdviserRing);
        }
        else
        {
            NextStep();
        }
    }

    private bool WasCalled(string adviser) => _enquiry.Pages.Any(page => page.Method == PageMethod.Call && page.Adviser == adviser);

    private Duration RingOf(Stage.Paging paging) => StepOf(paging)?.Ring ?? SameAdviserRing;

    /// <summary>The step that is being paged; null = none of the policy's, which may have fewer by now.</summary>
    private PolicyStep? StepOf(Stage.Paging paging) => paging.Step < 0 ? null : roster.Policy(_enquiry).Steps.ElementAtOrDefault(paging.Step);

    private string WillBeCalled(People.Language to) => Phrases.WillBeCalled(to, _enquiry.Ref, _enquiry.CallableNumber == _enquiry.TextNumber ? null : _enquiry.CallableNumber);

    private People.PhoneNumber TextLine => roster.Line(_enquiry.Line)?.TextNumber ?? _enquiry.Line;

    private void TextOfficer(Func<People.Language, string> body)
    {
        if (_enquiry.TextNumber is { } number)
        {
            _effects.Add(new Effect.SendText(number, TextLine, body(roster.LanguageOf(_enquiry)), null));
        }
    }

    /// <summary>Remembers a text by which something changes.</summary>
    /// <returns>False = it was told of before.</returns>
    private bool Hear(string? message)
    {
        if (message is null)
        {
            return true;
        }

        if (_enquiry.Heard.Contains(message))
        {
            return false;
        }

        _enquiry = _enquiry with { Heard = _enquiry.Heard.Add(message).TakeLast(2 * Escalator.MostWords).ToValueList(), LastTextAt = now };
        return true;
    }

    private void Keep(Word word) =>
        _enquiry = _enquiry with { Words = _enquiry.Words.Add(word).TakeLast(Escalator.MostWords).ToValueList() };
}
