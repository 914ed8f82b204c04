namespace OnCall.Core.Duty;

/// <summary>Somebody whom a layer, or an override, puts on duty.</summary>
internal readonly record struct LayerPlace(LayerMember Member, DutyReason Reason)
{
    public string Adviser => Member.Id;
}
