using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

internal sealed partial class Deciding
{
    public void MessageLeft(EnquiryEvent.MessageLeft left)
    {
        if (_enquiry.Recording is not null || _enquiry.Stage is Stage.Closed)
        {
            return;
        }

        _enquiry = _enquiry with { Recording = left.RecordingSid };
        _effects.Add(new Effect.KeepMessage(left.RecordingSid));
        if (_enquiry.Stage is Stage.Owed { Because: OwedBecause.MessageWanted } owed)
        {
            _enquiry = _enquiry with { Stage = owed with { Because = OwedBecause.MessageLeft } };
        }
        else if (_enquiry.Stage is Stage.Owed { Because: OwedBecause.Abandoned })
        {
            _enquiry = _enquiry with { Stage = Chased(OwedBecause.MessageLeft) };
        }
        else if (_enquiry.Stage is Stage.Paging { Wish: OfficerWish.ToLeaveMessage } paging)
        {
            Wish(paging, OfficerWish.MessageLeft);
        }
        else if (_enquiry is { OfficerCall: null, Stage: Stage.Accepted { Talk: Talk.Over or Talk.OfficerGone or Talk.OfficerUnreached } accepted })
        {
            Text(roster.Adviser(accepted.Adviser), to => Phrases.OfficerLeftMessage(to, _enquiry.Ref, roster.DeskName(_enquiry.Desk, to)));
        }

        Log("voicemail-left", detail: $"{(long)left.Length.TotalSeconds} seconds");
    }

    /// <summary>The officer is told, and what is owed is chased until somebody takes it.</summary>
    private void NobodyTookIt(string why)
    {
        StopPages();
        var wish = (_enquiry.Stage as Stage.Paging)?.Wish;
        _enquiry = _enquiry with { Stage = Chased(WhyOwed()) };
        Log("unanswered", detail: why);
        if (_enquiry is { Channel: Channel.Sms, OfficerCall: null })
        {
            TextOfficer(to => Phrases.NobodyYet(to, _enquiry.Ref));
        }

        // Whose own line dials hears it from its next document, and may be talking for all that is known.
        if (wish is not (OfficerWish.ToLeaveMessage or OfficerWish.MessageLeft) && !_enquiry.IsLedByDocuments)
        {
            MoveOfficer();
        }

        TellIfUnmanned(!IsAnybodyOnDuty());
    }

    /// <summary>What an officer of whom nobody took the call is promised.</summary>
    private OwedBecause WhyOwed() => (_enquiry.Stage as Stage.Paging)?.Wish switch
    {
        OfficerWish.ToBeCalledBack => OwedBecause.CallBackWanted,
        OfficerWish.MessageLeft => OwedBecause.MessageLeft,
        OfficerWish.ToLeaveMessage => OwedBecause.MessageWanted,
        _ when !_enquiry.IsPagedByText && (roster.Policy(_enquiry).Then == AfterRounds.Voicemail || _enquiry.CallableNumber is null) => OwedBecause.MessageWanted,
        _ => OwedBecause.Unanswered,
    };

    /// <summary>The chase begins, with its first wait.</summary>
    private Stage.Owed Chased(OwedBecause because) => new(because, now + roster.Policy(_enquiry).Chase[0], 0, TellAt: now + Escalator.CoordinatorsAreTold);

    private void Abandon()
    {
        ChooseDeskIfNone();
        StopPages();
        _enquiry = _enquiry with
        {
            Stage = _enquiry.CallBackPromised
                ? Chased(OwedBecause.Unanswered)
                : new Stage.Owed(OwedBecause.Abandoned, now + Escalator.AbandonedReminder, 0, _enquiry.Stage as Stage.Paging, now + Escalator.CoordinatorsAreTold),
        };
        Log("abandoned");
        TextThatOfficerHungUp();
    }

    private void ChooseDeskIfNone()
    {
        if (_enquiry.Stage is Stage.Menu && _enquiry.Desk is null)
        {
            ChooseDesk(null, "hung up in the menu");
        }
    }

    /// <summary>A flood of calls must not become a flood of texts: of a caller in doubt the reminder tells, once it is over.</summary>
    private void TextThatOfficerHungUp()
    {
        if (!_enquiry.Doubted)
        {
            TextThoseConcerned(_enquiry.Pages.Where(page => page.State is not PageState.Over { End: PageEnd.Passed }));
        }
    }

    private void RemindOrChase(Stage.Owed owed)
    {
        if (owed.Because == OwedBecause.Abandoned)
        {
            _enquiry = _enquiry with { Stage = owed with { Next = null, Chases = owed.Chases + 1 } };
            Remind();
        }
        else
        {
            Chase(owed);
        }
    }

    /// <summary>Texts the last step once more; where none of them takes texts, it is rung, but for a caller in doubt, for whom nobody is.</summary>
    private void Remind()
    {
        if (!TextThoseConcerned(_enquiry.Pages.Where(page => page.Attempt == _enquiry.Attempts)) && !_enquiry.Doubted && LastStep() is { } last)
        {
            Ring(Free(last.Candidates, candidate => roster.IsBusy(candidate.Adviser)), last.Step.Ring);
        }
    }

    /// <summary>The coordinators are told when it is time.</summary>
    private void TellCoordinators()
    {
        if (_enquiry.Stage is Stage.Owed { TellAt: { } at } owed && at <= now)
        {
            Tell(owed);
        }
    }

    /// <summary>Where nobody could be paged, whoever waits waits for nothing: the coordinators are told at once, unless they know it, or were told something a moment ago.</summary>
    private void TellIfUnmanned(bool isUnmanned)
    {
        var owed = (Stage.Owed)_enquiry.Stage with { IsUnmanned = isUnmanned };
        if (isUnmanned && _enquiry.Stage is not Stage.Owed { IsUnmanned: true })
        {
            owed = owed with { TellAt = Instant.Max(now, _enquiry.CoordinatorsToldAt + Escalator.CoordinatorsRest ?? now) };
        }

        _enquiry = _enquiry with { Stage = owed };
        TellCoordinators();
    }

    /// <summary>Whether any step has somebody, even one whose phone rings for it already.</summary>
    private bool IsAnybodyOnDuty() => roster.Policy(_enquiry).Steps.Any(step => roster.Candidates(step, _enquiry, now).Count > 0);

    /// <summary>Texts the desk's coordinators, and sets when they are texted again: the older it is the rarer, and once of an officer who hung up.</summary>
    private void Tell(Stage.Owed owed)
    {
        var age = now - _enquiry.OpenedAt;
        var again = Duration.Min(Duration.Max(age, Escalator.CoordinatorsAreTold), Escalator.CoordinatorsAreToldAgain);
        _enquiry = _enquiry with { CoordinatorsToldAt = now, Stage = owed with { TellAt = owed.Because == OwedBecause.Abandoned ? null : now + again } };
        var desk = roster.DeskName(_enquiry.Desk);
        var body = owed.IsUnmanned ? Phrases.NobodyIsOnDuty(Language.English, _enquiry.Ref, desk) : Phrases.NobodyHasIt(Language.English, _enquiry.Ref, desk, age);
        var areTold = TextCoordinators(body);
        var what = owed.IsUnmanned ? "nobody is on duty for it" : "nobody has it";
        Log("note", method: areTold ? "sms" : null, detail: areTold ? $"the coordinators are told that {what}" : $"{what}, and no coordinator is named who could be told");
    }

    /// <returns>False = the desk has none.</returns>
    private bool TextCoordinators(string body)
    {
        var coordinators = roster.Coordinators(_enquiry.Desk);
        _effects.AddRange(coordinators.Select(coordinator => new Effect.SendText(coordinator.Phone, TextLine, body, null)));
        return coordinators.Count > 0;
    }

    /// <summary>Texts those of the pages; where nobody was rung yet, those whom the first step would have rung.</summary>
    /// <returns>Whether any of them takes texts.</returns>
    private bool TextThoseConcerned(IEnumerable<Page> pages)
    {
        var advisers = pages.Select(page => roster.Adviser(page.Adviser)).OfType<Adviser>().Distinct().ToList();
        if (advisers.Count == 0)
        {
            var steps = roster.Policy(_enquiry).Steps.Select(step => roster.Candidates(step, _enquiry, now));
            advisers = [.. (steps.FirstOrDefault(step => step.Count > 0) ?? []).Select(candidate => candidate.Adviser)];
        }

        var texted = false;
        foreach (var adviser in advisers)
        {
            texted |= TextPage(adviser, to => Phrases.OfficerHungUp(to, _enquiry.Ref, roster.DeskName(_enquiry.Desk, to), _enquiry.Number));
        }

        return texted;
    }

    /// <summary>Pages the last step that has somebody once more, by text and call; those who passed, too.</summary>
    private void Chase(Stage.Owed owed)
    {
        var policy = roster.Policy(_enquiry);
        var chases = owed.Chases + 1;
        var wait = policy.Chase[Math.Min(chases, policy.Chase.Count - 1)];
        _enquiry = _enquiry with
        {
            Stage = owed with { Next = now + wait, Chases = chases },
            Pages = LastOfEach(_enquiry.Pages),
        };
        var last = LastStep();
        Log("escalated", detail: last is null ? $"chase {chases}: nobody to page" : $"chase {chases}");
        if (_enquiry.OfficerCall is { } officer)
        {
            // An officer who was told good-bye minutes ago: the word that the line is over may be lost, and with it that of a message.
            _effects.Add(new Effect.LookAfter(officer, null));
        }

        TellIfUnmanned(last is null && !IsAnybodyOnDuty());
        if (last is null)
        {
            return;
        }

        foreach (var candidate in last.Candidates)
        {
            TextPage(candidate.Adviser, to => Phrases.CallBackOwed(to, _enquiry.Ref, roster.DeskName(_enquiry.Desk, to), _enquiry.Priority, byText: _enquiry.Channel == Channel.Sms));
        }

        // The call comes besides the text: who is busy with another enquiry is busy, however this one came.
        Ring(Free(last.Candidates, candidate => roster.IsBusy(candidate.Adviser)), last.Step.Ring);
    }

    /// <summary>The last step that has somebody who may be called now, even those who passed; null = none has.</summary>
    private LastStepNow? LastStep() => roster.Policy(_enquiry).Steps.Reverse()
        .Select(step => new LastStepNow(step, Callable(roster.Candidates(step, _enquiry, now), evenPassed: true)))
        .FirstOrDefault(last => last.Candidates.Count > 0);

    /// <summary>What is live, each adviser's last page, and that they passed: a chase may go on for days, and the enquiry must not grow with it.</summary>
    private static ValueList<Page> LastOfEach(ValueList<Page> pages) => pages
        .Where((page, index) => page.IsLive || !pages.Skip(index + 1).Any(later => later.Adviser == page.Adviser && (HasNotPassed(page) || !HasNotPassed(later))))
        .ToValueList();

    private sealed record LastStepNow(PolicyStep Step, List<Candidate> Candidates);
}
