using NodaTime;

namespace OnCall.Core.Escalation;

/// <summary>The enquiry of a call that came in while the database was away, as it is stored afterwards. Nobody is rung by it: the officer's own documents do that.</summary>
public static class ChainOpening
{
    /// <param name="shortRef">A ref that nobody else has.</param>
    /// <param name="now">When it is stored.</param>
    /// <param name="outOfReach">The officer's number may be neither called nor texted.</param>
    public static Decision Open(ChainState state, string shortRef, Roster roster, Instant now, bool outOfReach = false)
    {
        var stage = new Stage.Menu(Math.Max(1, state.Ask), state.Began + Escalator.LongestMenu, state.OfForce);
        var enquiry = new Enquiry
        {
            Id = state.Enquiry,
            Ref = shortRef,
            Channel = Channel.Call,
            Line = state.Line,
            From = state.From,
            CallBackTo = state.CallBackTo,
            FromIsOutOfReach = outOfReach ? true : null,
            OfficerCall = state.OfficerCall,
            OpenedAt = state.OpenedAt,
            Doubted = state.Doubted,
            Stage = stage,
        };
        var deciding = new Deciding(enquiry, roster, state.OpenedAt);
        deciding.Received();
        deciding.TextRef();
        deciding.KeepQuiet(state.OpenedAt, now);
        return deciding.Done();
    }
}
