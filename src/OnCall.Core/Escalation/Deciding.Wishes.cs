using NodaTime;

namespace OnCall.Core.Escalation;

/// <summary>What people ask for over the API or the console.</summary>
internal sealed partial class Deciding
{
    /// <summary>Among them what was told of thirty dials of a chain.</summary>
    private const int RequestsKept = 100;

    /// <summary>How long an adviser to whom a text is passed on may take to answer it, before the steps begin.</summary>
    private static readonly Duration PassedOnWait = Duration.FromMinutes(1);

    public void NoteWritten(EnquiryEvent.NoteWritten note)
    {
        if (IsNew(note.Request))
        {
            Log("note", roster.Adviser(note.By)?.Id, detail: note.Text);
        }
    }

    public void PassedOn(EnquiryEvent.PassedOn pass)
    {
        if (Escalator.MayBePassed(_enquiry) && IsThere(pass.To) && IsNew(pass.Request))
        {
            TellFormerOwner(pass.To);
            BeginAnew(pass.To);
            Log("passed", (pass.To as PassTarget.Adviser)?.Id, detail: $"{(pass.To is PassTarget.Desk ? $"to {NameOf(pass.To)}, " : "")}by {pass.By}");
            if (pass.To is PassTarget.Adviser { Id: var adviser } && roster.Candidate(adviser, Roster.PassedOn) is { } candidate)
            {
                PageByName(candidate);
            }
            else
            {
                NextStep();
            }
        }
    }

    /// <summary>An officer who is owed a call, or left a message, is not served by a text.</summary>
    private void PageByName(Candidate candidate)
    {
        if (_enquiry.Stage is Stage.Paging { Wish: OfficerWish.ToHold })
        {
            BeginStep([candidate], SameAdviserRing, PassedOnWait);
        }
        else
        {
            Ring([candidate], SameAdviserRing);
        }
    }

    /// <summary>The steps begin again, and those who had passed are not asked once more, unless it is sent to one of them. An officer who wrote goes on by text; one who called and is gone will be called back.</summary>
    private void BeginAnew(PassTarget to)
    {
        StopPages();

        // The officer's own document dials on, whatever is decided here: what is told of that dial must find its page.
        var dialled = _enquiry.Chain?.PageOf(_enquiry);
        var until = _enquiry.OfficerCall is null ? now + Escalator.LongestRounds : (_enquiry.Stage as Stage.Paging)?.HeldUntil ?? now + Escalator.LongestHold;
        var wish = (_enquiry.Stage as Stage.Paging)?.Wish ?? WishOfOneWhoIsGone();
        _enquiry = _enquiry with { Desk = (to as PassTarget.Desk)?.Id ?? _enquiry.Desk, Policy = to is PassTarget.Desk ? null : _enquiry.Policy };
        BeginAnew(new Stage.Paging(1, -1, until, Wish: wish), _enquiry.Pages.Where(page => page.State switch
        {
            PageState.Over { End: PageEnd.Passed } => page.Adviser != (to as PassTarget.Adviser)?.Id,
            PageState.Over { End: PageEnd.Taken } => false,
            _ => page.Id == dialled,
        }));
    }

    private OfficerWish WishOfOneWhoIsGone() =>
        _enquiry.Recording is not null ? OfficerWish.MessageLeft
        : _enquiry is { CallableNumber: not null, Stage: Stage.Owed { Because: OwedBecause.CallBackWanted } } ? OfficerWish.ToBeCalledBack
        : _enquiry.IsPagedByText ? OfficerWish.ToHold
        : _enquiry.CallableNumber is null || _enquiry.Stage is Stage.Owed { Because: OwedBecause.MessageWanted } ? OfficerWish.ToLeaveMessage
        : OfficerWish.ToBeCalledBack;

    private void TellFormerOwner(PassTarget to)
    {
        if (_enquiry.AcceptedBy is { } owner && owner != (to as PassTarget.Adviser)?.Id)
        {
            Text(roster.Adviser(owner), language => Phrases.PassedOnFromYou(language, _enquiry.Ref, NameOf(to)));
        }
    }

    private bool IsThere(PassTarget to) => to switch
    {
        PassTarget.Desk desk => roster.HasDesk(desk.Id),
        PassTarget.Adviser adviser => roster.Adviser(adviser.Id) is not null,
        _ => false,
    };

    private string NameOf(PassTarget to) => to switch
    {
        PassTarget.Desk desk => roster.DeskName(desk.Id),
        PassTarget.Adviser adviser => roster.Adviser(adviser.Id)?.Name ?? adviser.Id,
        _ => "somebody else",
    };

    /// <summary>Whether a wish comes for the first time; from now on it has come.</summary>
    private bool IsNew(string request)
    {
        if (_enquiry.Requests.Contains(request))
        {
            return false;
        }

        _enquiry = _enquiry with { Requests = _enquiry.Requests.TakeLast(RequestsKept - 1).Append(request).ToValueList() };
        return true;
    }
}
