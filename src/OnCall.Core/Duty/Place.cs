namespace OnCall.Core.Duty;

/// <summary>A place on duty: who has it, and all who had it before, since an override may name any of them.</summary>
internal sealed class Place(string adviser, DutyReason reason)
{
    private readonly List<string> _holders = [adviser];

    public string Adviser => _holders[^1];

    public DutyReason Reason { get; private set; } = reason;

    /// <summary>Whether it is the adviser's, or that of somebody who stands in for the adviser.</summary>
    public bool Belongs(string adviser) => _holders.Contains(adviser);

    public void Give(DutySource.FromOverride change)
    {
        _holders.Add(change.Override.Adviser);
        Reason = new DutyReason.FromOverride(change, Reason);
    }
}
