using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Escalation;

/// <summary>One decision while it is made: the enquiry as it becomes, what is to be done, and what the record will say.</summary>
/// <remarks>The parts: <c>Deciding.Paging.cs</c> menu and steps, <c>Deciding.Doubted.cs</c> callers in doubt, <c>Deciding.DoubtedTexts.cs</c> senders in doubt, <c>Deciding.Officer.cs</c> the officer's keys and later calls, <c>Deciding.Pages.cs</c> what one page tells, <c>Deciding.Talk.cs</c> from acceptance to close, <c>Deciding.Owed.cs</c> when nobody took it, <c>Deciding.Wishes.cs</c> what people ask for over the API, <c>Deciding.Texts.cs</c> enquiries by text, <c>Deciding.Replies.cs</c> what advisers answer by text, <c>Deciding.Chain.cs</c> what is told of a call that documents alone led on, <c>Deciding.ChainOver.cs</c> how it leaves that.</remarks>
internal sealed partial class Deciding(Enquiry enquiry, Roster roster, Instant now)
{
    private readonly List<Effect> _effects = [];
    private readonly List<TimelineEntry> _timeline = [];
    private Enquiry _enquiry = enquiry;

    /// <summary>Whether the officer's leg asks, and hears by its answer what follows: a push would cut that, or come before Twilio has it.</summary>
    public bool AnswersOfficer { get; init; }

    public Decision Done() => new(_enquiry, _effects.ToValueList(), _timeline.ToValueList());

    public void Log(string happened, string? adviser = null, string? method = null, string? detail = null) =>
        _timeline.Add(new TimelineEntry(now, happened, adviser, method, detail));

    /// <summary>Nobody looked at the deadline for a while: the database, or every node, was away, and the officer may have been led on by documents alone. Journals are told before anybody is rung in vain.</summary>
    private bool MayHaveGoneOnMeanwhile => _enquiry.OfficerCall is not null && _enquiry.Deadline is { } deadline && deadline != _enquiry.QuietUntil && now - deadline > Escalator.LongestOversight;

    public void TimePassed()
    {
        if (_enquiry.QuietUntil > now)
        {
            return;
        }

        if (MayHaveGoneOnMeanwhile)
        {
            _enquiry = _enquiry with { QuietUntil = now + Escalator.MeanwhileIsTold };
            return;
        }

        if (_enquiry.Stage is Stage.Accepted)
        {
            // The taker's own phone, which was to connect the two.
            ExpirePages();
        }

        switch (_enquiry.Stage)
        {
            case Stage.Menu menu when menu.Until <= now && AskedByText is not null:
                GiveUpAsking();
                break;
            case Stage.Menu menu when menu.Until <= now && _enquiry.Doubted:
                HoldInDoubt("no answer came");
                break;
            case Stage.Menu menu when menu.Until <= now:
                BeginPaging(null, "no answer came from the menu");
                break;
            case Stage.Paging { Through: false } paging when paging.HeldUntil <= now:
                ExpirePages();
                StopPages(page => page.State is not PageState.Answered);
                NextStep();
                break;
            case Stage.Paging:
                ExpirePages();
                GoOnIfStepIsOver();
                break;
            case Stage.Accepted accepted when accepted.Until <= now && _enquiry.OfficerCall is { } callSid:
                StopCallingBack();
                OfficerHungUp(new EnquiryEvent.OfficerHungUp(callSid));
                break;
            case Stage.Owed owed:
                ExpirePages();
                if (owed.Next <= now)
                {
                    RemindOrChase(owed);
                }

                TellCoordinators();

                break;
            case Stage.Accepted accepted when _enquiry.Deadline <= now:
                LookAfterLegs(accepted);
                break;
        }
    }

    /// <summary>The first line of the record.</summary>
    public void Received()
    {
        Log("received", method: _enquiry.Channel == Channel.Sms ? "sms" : "call", detail: roster.CallerSentence(_enquiry.From));
        if (_enquiry.FromIsOutOfReach is true)
        {
            Log("note", detail: "the officer's number is none that may be called or texted");
        }
    }

    private Page? Find(string pageId) => _enquiry.Pages.FirstOrDefault(page => page.Id == pageId);

    private void Replace(Page page) =>
        _enquiry = _enquiry with { Pages = _enquiry.Pages.Select(other => other.Id == page.Id ? page : other).ToValueList() };

    private void End(Page page, PageEnd end) => Replace(page with { State = new PageState.Over(end) });

    /// <summary>Every phone that rings stops, and who hears the prompt is told why instead; or only some.</summary>
    private void StopPages(Func<Page, bool>? which = null)
    {
        foreach (var page in _enquiry.Pages.Where(page => page.IsLive && which?.Invoke(page) != false))
        {
            End(page, PageEnd.Missed);
            if (page is { State: PageState.Answered, CallSid: { } callSid })
            {
                _effects.Add(new Effect.MoveAdviser(callSid, page.Id));
            }
            else
            {
                HangUp(page);
            }
        }
    }

    /// <summary>Stops a page's phone; a text cannot be called back.</summary>
    private void HangUp(Page page, bool unlessAnswered = false)
    {
        if (page.Method == PageMethod.Call)
        {
            HangUp(page.CallSid, unlessAnswered);
        }
    }

    private void HangUp(string? callSid, bool unlessAnswered = false)
    {
        if (callSid is not null)
        {
            _effects.Add(new Effect.HangUp(callSid, unlessAnswered));
        }
    }

    /// <summary>The officer's phone rings no longer. Who has picked up, without a word of it, is not cut: the fallback address may have answered, and rung somebody else; else the next document tells.</summary>
    private void StopCallingBack() => HangUp(_enquiry.OfficerCall, unlessAnswered: true);

    private void MoveOfficer()
    {
        if (!AnswersOfficer && _enquiry.OfficerCall is { } callSid)
        {
            _effects.Add(new Effect.MoveOfficer(callSid));
        }
    }

    /// <summary>Texts an adviser from the line, in the adviser's language, if the adviser takes texts.</summary>
    /// <returns>Whether a text goes out.</returns>
    private bool Text(Adviser? adviser, Func<Language, string> body)
    {
        if (adviser?.Sms is not { } number)
        {
            return false;
        }

        _effects.Add(new Effect.SendText(number, roster.Line(_enquiry.Line)?.TextNumber ?? _enquiry.Line, body(adviser.Language), adviser.Id));
        return true;
    }

    /// <summary>Texts an adviser so that the text may be answered: who was texted about an enquiry may take it by text.</summary>
    /// <returns>Whether the adviser takes texts.</returns>
    private bool TextPage(Adviser adviser, Func<Language, string> body)
    {
        if (SayUntextable(adviser) || !Text(adviser, body))
        {
            return false;
        }

        Log("page-sent", adviser.Id, "sms");
        if (!_enquiry.Texted.Contains(adviser.Id))
        {
            _enquiry = _enquiry with { Texted = _enquiry.Texted.Add(adviser.Id) };
        }

        return true;
    }
}
