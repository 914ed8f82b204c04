namespace OnCall.Core.Duty.Checks;

/// <summary>What a book is checked for beyond what makes it valid.</summary>
public enum DutyRule
{
    /// <summary>Fewer are on duty than the rota's cover asks.</summary>
    Gap,

    /// <summary>Somebody calls a line and no step of the policy has anybody.</summary>
    LineWithoutAnybody,

    /// <summary>The same adviser is in two steps of one policy at once: the second step rings nobody new.</summary>
    TwoStepsAtOnce,

    /// <summary>The same adviser is on duty for two desks at once.</summary>
    TwoDesksAtOnce,

    /// <summary>The same adviser is on duty in two rotas at once that no policy names yet.</summary>
    TwoRotasAtOnce,

    /// <summary>Working Time Regulations 1998, regulation 10: 11 consecutive hours of rest in 24.</summary>
    RestInADay,

    /// <summary>Working Time Regulations 1998, regulation 11: 24 hours of rest in 7 days, or 48 (in one or two parts) in 14.</summary>
    RestInAWeek,

    /// <summary>Working Time Regulations 1998, regulation 4: 48 hours a week on average over 17 weeks.</summary>
    WeeklyHours,

    /// <summary>On duty, on call or at work, for more than 7 days without a day off.</summary>
    DaysInARow,

    /// <summary>Somebody who is away is named by a layer or a step.</summary>
    AwayAndNamed,

    /// <summary>A layer names somebody who never comes on duty in it.</summary>
    NeverOnDuty,

    /// <summary>An adviser's number takes no texts for a time; found out by texting it.</summary>
    TakesNoTexts,

    /// <summary>An adviser's number cannot be called for a time; found out by calling it.</summary>
    CannotBeCalled,

    /// <summary>A rota changes so often that it was not looked at to the end.</summary>
    CheckedInPart,
}
