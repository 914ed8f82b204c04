namespace OnCall.Simulator.Telephony;

/// <summary>Carries out a callee's script on a call.</summary>
internal static class CalleeActs
{
    /// <summary>The phone has begun to ring.</summary>
    public static void Ring(this Callee script, Call call)
    {
        if (script.Mode is CalleeMode.Answers or CalleeMode.Voicemail)
        {
            call.Plan(script.After, call.PickUp);
        }
        else if (script.Mode is CalleeMode.Declines)
        {
            call.Plan(script.After, call.Decline);
        }
    }

    /// <summary>The phone has been picked up.</summary>
    public static void Act(this Callee script, Call call)
    {
        foreach (var step in script.Steps.Where(s => s.OnWords is null))
        {
            call.Plan(step.Delay, () => Perform(step, call));
        }
    }

    /// <summary>Something was said to the phone.</summary>
    public static void ActOnWords(this Callee script, Call call, string words)
    {
        foreach (var step in script.Steps.Where(s => s.OnWords is { } cue && words.Contains(cue, StringComparison.OrdinalIgnoreCase)))
        {
            if (call.CuesTaken.Add(step))
            {
                call.Plan(step.Delay, () => Perform(step, call));
            }
        }
    }

    private static void Perform(CalleeStep step, Call call)
    {
        if (step.Digits == CalleeStep.HangUpKey)
        {
            call.HangUpByPhone();
        }
        else
        {
            call.Press(step.Digits);
        }
    }
}
