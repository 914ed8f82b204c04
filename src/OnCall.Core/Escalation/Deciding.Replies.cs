using OnCall.Core.People;

namespace OnCall.Core.Escalation;

/// <summary>What advisers answer by text: they take, pass, write to the officer, or want to be connected.</summary>
internal sealed partial class Deciding
{
    /// <summary>An adviser's phone that answers every text by itself would be told for ever that its answers do not arrive: advisers' numbers have no gate.</summary>
    private const int MostToldOfLost = 5;

    public void TakenByText(EnquiryEvent.TakenByText taken)
    {
        // Who holds on the line is taken by the key of the call that rings.
        var mayBeTaken = _enquiry.Stage is Stage.Owed || (_enquiry.Stage is Stage.Paging && _enquiry.OfficerCall is null);
        if (!mayBeTaken || roster.Adviser(taken.Adviser) is null || !Hear(taken.Message))
        {
            return;
        }

        if (_enquiry.Pages.LastOrDefault(page => page.Adviser == taken.Adviser && page is { Method: PageMethod.Sms, IsLive: true }) is { } page)
        {
            End(page, PageEnd.Taken);
        }

        // Where the two are to be connected anyway, the call that rings the taker may do it.
        var isToBeConnected = _enquiry.Channel == Channel.Call || _enquiry.WantsCall;
        StopPages(page => !isToBeConnected || page.Adviser != taken.Adviser);
        BecomeAccepted(taken.Adviser, null, Talk.Over, "sms");
        if (isToBeConnected)
        {
            RingTaker(taken.Adviser);
        }
    }

    public void PassedByText(EnquiryEvent.PassedByText passed)
    {
        if (_enquiry.Stage is Stage.Accepted accepted)
        {
            if (accepted.Adviser == passed.Adviser && accepted.Talk == Talk.Over && Hear(passed.Message))
            {
                HandOver(accepted.Adviser, passed.Desk, "sms");
            }
        }
        else if (_enquiry.Stage is Stage.Paging or Stage.Owed
            && _enquiry.Pages.Any(page => page.Adviser == passed.Adviser && (HasNotPassed(page) || IsOtherDesk(passed.Desk))) && Hear(passed.Message))
        {
            var declines = _enquiry.Pages.Any(page => page.Adviser == passed.Adviser && HasNotPassed(page));
            foreach (var page in _enquiry.Pages.Where(page => page.Adviser == passed.Adviser))
            {
                if (page.IsLive)
                {
                    HangUp(page);
                }

                End(page, PageEnd.Passed);
            }

            if (declines)
            {
                Log("page-declined", passed.Adviser, "sms");
            }

            if (IsOtherDesk(passed.Desk))
            {
                BeginAnew(new PassTarget.Desk(passed.Desk!));
                Log("passed", passed.Adviser, "sms", roster.DeskName(passed.Desk));
                NextStep();
            }
            else
            {
                GoOnIfStepIsOver();
            }
        }
    }

    public void AdviserTexted(EnquiryEvent.AdviserTexted texted)
    {
        if (_enquiry.Stage is not Stage.Accepted accepted || accepted.Adviser != texted.Adviser || !Hear(texted.Message))
        {
            return;
        }

        var word = new Word(texted.Message, texted.Adviser, texted.Length, _enquiry.TextNumber is null ? Word.TheOfficer : null);
        Keep(word);
        Log("message-out", texted.Adviser, "sms");
        if (_enquiry.TextNumber is { } number)
        {
            AddRelay(word, number, "", null);
        }
        else
        {
            TellOfLost(texted.Adviser, to => _enquiry.CallableNumber is null ? Phrases.NoNumber(to, _enquiry.Ref, _enquiry.Number) : Phrases.CannotBeTexted(to, _enquiry.Ref));
        }
    }

    public void CallWanted(EnquiryEvent.CallWanted wanted)
    {
        if (_enquiry.Stage is Stage.Accepted { Talk: Talk.Over } accepted && accepted.Adviser == wanted.Adviser && MayRingTaker(accepted.Adviser) && Hear(wanted.Message))
        {
            RingTaker(accepted.Adviser);
        }
    }

    /// <summary>Why the one who has it is rung.</summary>
    private const string ToBeConnected = "has it, to be connected";

    /// <summary>The two are connected: the adviser is rung, and, once 1 is pressed, the officer.</summary>
    private void RingTaker(string adviser)
    {
        if (MayRingTaker(adviser))
        {
            Ring([roster.Candidate(adviser, ToBeConnected)!], SameAdviserRing);
        }
    }

    private bool MayRingTaker(string adviser) =>
        (_enquiry.CallableNumber is not null || _enquiry.Recording is not null || _enquiry.OfficerCall is not null)
        && roster.Adviser(adviser) is not null && !_enquiry.Pages.Any(page => page.IsLive);

    private void ConnectTaker(Page page)
    {
        var accepted = (Stage.Accepted)_enquiry.Stage;
        _enquiry = _enquiry with
        {
            // One page is the one by which it was taken: the former talk is over.
            Pages = _enquiry.Pages.Select(other => other.State is PageState.Over { End: PageEnd.Taken } ? other with { State = new PageState.Over(PageEnd.Missed) } : other).ToValueList(),
            Stage = accepted with { Page = page.Id, Talk = Talk.Joining, Until = null, PickedUp = false },
            LookAt = now + Escalator.FirstLook,
        };
        Replace(page with { State = new PageState.Over(PageEnd.Taken) });
        BringTogether();
    }

    /// <summary>Who has it gives it away: the steps begin anew, with everything that was written.</summary>
    private void HandOver(string adviser, string? desk, string method)
    {
        StopPages();
        if (!_enquiry.Pages.Any(page => page.Adviser == adviser) && roster.Candidate(adviser, "handed it over") is { } giver)
        {
            AddPage(giver, giver.Adviser.Phone, SameAdviserRing, PageMethod.Sms);
        }

        var elsewhere = desk is not null && desk != _enquiry.Desk;
        _enquiry = _enquiry with { Desk = desk ?? _enquiry.Desk, Policy = elsewhere ? null : _enquiry.Policy };

        // Who passed is not asked again but by the chase.
        BeginAnew(
            new Stage.Paging(1, -1, now + Escalator.LongestRounds, Wish: _enquiry.IsPagedByText ? OfficerWish.ToHold : OfficerWish.ToBeCalledBack),
            _enquiry.Pages.Where(page => page.Adviser == adviser || !HasNotPassed(page)).DistinctBy(page => page.Adviser).Select(page => page with { State = new PageState.Over(PageEnd.Passed) }));
        Log("passed", adviser, method, roster.DeskName(_enquiry.Desk));
        NextStep();
    }

    private bool IsOtherDesk(string? desk) => desk is not null && desk != _enquiry.Desk && roster.HasDesk(desk);

    private static bool HasNotPassed(Page page) => page.State is not PageState.Over { End: PageEnd.Passed };

    private string YouHaveIt(Language to, bool byCall) => (_enquiry.Channel == Channel.Sms && !byCall, _enquiry.TextNumber, _enquiry.Number) switch
    {
        _ when !byCall && _enquiry is { Number: { } outOfReach, CallableNumber: null } => Phrases.YouHaveToRing(to, _enquiry.Ref, roster.DeskName(_enquiry.Desk, to), outOfReach),
        (true, not null, _) => Phrases.YouHaveText(to, _enquiry.Ref, roster.DeskName(_enquiry.Desk, to), _enquiry.Number),
        (true, null, { } number) when !_enquiry.WantsCall => Phrases.YouHaveToPhone(to, _enquiry.Ref, roster.DeskName(_enquiry.Desk, to), number),
        _ => Phrases.YouHaveIt(to, _enquiry.Ref, roster.DeskName(_enquiry.Desk, to), _enquiry.Number),
    };

    /// <summary>What was written before is sent to who has it now.</summary>
    private void HandOnWords(string adviser)
    {
        foreach (var word in _enquiry.Words)
        {
            Relay(word, adviser);
        }
    }

    private void Relay(Word word, string adviser)
    {
        if (roster.Adviser(adviser) is { Sms: { } number } reader)
        {
            AddRelay(word, number, Phrases.Wrote(reader.Language, _enquiry.Ref, word.Adviser is null ? null : roster.Adviser(word.Adviser)?.Name ?? word.Adviser), adviser);
        }
        else
        {
            Log("note", adviser, "sms", "takes no texts, so what was written is not passed on");
        }
    }

    /// <summary>Words did not reach whom they were for. An adviser is called instead, to be connected; of the officer's the writer is told.</summary>
    public void RelayFailed(EnquiryEvent.RelayFailed failed)
    {
        var lostTo = failed.Adviser ?? Word.TheOfficer;
        if (_enquiry.Words.FirstOrDefault(word => word.Message == failed.Message && word.LostTo != lostTo) is not { } lost)
        {
            return;
        }

        _enquiry = _enquiry with { Words = _enquiry.Words.Select(word => word == lost ? word with { LostTo = lostTo } : word).ToValueList() };
        if (failed.Adviser is null)
        {
            Log("note", lost.Adviser, "sms", $"what was written did not reach the officer: {failed.Reason}");
            TellOfLost(lost.Adviser ?? "", to => Phrases.NotDelivered(to, _enquiry.Ref));
            return;
        }

        Log("page-failed", failed.Adviser, "sms", failed.Reason);
        if (_enquiry.Stage is Stage.Accepted { Talk: Talk.Over } accepted && accepted.Adviser == failed.Adviser)
        {
            RingTaker(failed.Adviser);
        }
    }

    /// <summary>Of words that did not reach the officer their writer is told, the first times.</summary>
    private void TellOfLost(string adviser, Func<Language, string> body)
    {
        if (_enquiry.Words.Count(word => word.Adviser == adviser && word.LostTo == Word.TheOfficer) <= MostToldOfLost)
        {
            Text(roster.Adviser(adviser), body);
        }
    }

    private void AddRelay(Word word, People.PhoneNumber to, string before, string? adviser)
    {
        for (var part = 1; part <= word.Parts; part++)
        {
            _effects.Add(new Effect.Relay(word.Message, to, TextLine, before, part, word.Parts, adviser));
        }
    }
}
