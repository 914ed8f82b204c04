using System.Globalization;

namespace OnCall.Core.Escalation;

/// <summary>What the officer is past when it is told: earlier dials, talks and legs.</summary>
internal sealed partial class Deciding
{
    /// <summary>
    /// The officer's own line is on the chain, or dials on: a talk of before is over, even where the word of its end was lost with the database. It is as if nobody had the enquiry,
    /// else what the chain promises would be owed by nobody.
    /// </summary>
    private void EndTalkBefore(ChainState state)
    {
        if (_enquiry.Stage is Stage.Accepted { Talk: Talk.Joining or Talk.Talking or Talk.AdviserGone } talk && _enquiry.OfficerCall == state.OfficerCall && IsBefore(talk, state))
        {
            EndTalk(talk, state);
        }
    }

    private void ChainRoomEnded(ChainState state)
    {
        if (_enquiry.OfficerCall == state.OfficerCall && _enquiry.Stage is Stage.Accepted { Talk: Talk.Joining or Talk.Talking, Page: { } taken } talk && IsBefore(talk, state) && Find(taken)?.CallSid is { } adviser)
        {
            Bridged();
            PageHungUp(new EnquiryEvent.PageHungUp(taken, adviser, "completed"));
        }
    }

    private void EndTalk(Stage.Accepted talk, ChainState state)
    {
        if (talk.Talk != Talk.AdviserGone)
        {
            FetchAdviser(talk.Page is null ? null : Find(talk.Page));
            Log("escalated", talk.Adviser, "call", "the talk had ended, and the officer was led on");
        }

        BeginAnew(new Stage.Paging(1, -1, state.HeldUntil), PassedBut(talk.Adviser));
    }

    /// <summary>Whether a talk began before the chain, or with an earlier dial of it: that is told by the count of the dials, since two nodes' clocks may differ.</summary>
    private bool IsBefore(Stage.Accepted talk, ChainState state)
    {
        var dials = state.DialsOf(_enquiry);
        return talk.Page?.StartsWith(dials, StringComparison.Ordinal) == true && int.TryParse(talk.Page.AsSpan(dials.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var no)
            ? no < (state.Dial?.No ?? state.Dials + 1)
            : _enquiry.AcceptedAt <= state.Began;
    }

    /// <summary>Whether a later dial, or the end of them, was told before, or the officer has called again: the officer is past this one, and it changes nothing but the record.</summary>
    private bool IsHistory(ChainState state) => IsOfLegBefore(state) || (_enquiry.Chain is { } latest && state.IsBefore(latest));

    /// <summary>Whether what it dialled rings no more, whatever is told of it: the officer is past it, or on no line.</summary>
    private bool IsPast(ChainState state) => IsHistory(state) || _enquiry.OfficerCall is null;

    /// <summary>Whether a text came after what is told: an officer who asks by it to be called has asked since.</summary>
    private bool HaveWrittenSince => _enquiry.LastTextAt > now;

    /// <summary>Whether the officer is on another leg now: one that the record knows is never older than one that is told of.</summary>
    private bool IsOfLegBefore(ChainState state) => (_enquiry.OfficerCall is { } present && present != state.OfficerCall) || IsFormer(state.OfficerCall);

    /// <summary>Whether that is told of the dial for the first time.</summary>
    private bool IsNewOf(ChainState state, string what) => IsNew($"{state.Name}x{state.Dial?.No} {what}");
}
