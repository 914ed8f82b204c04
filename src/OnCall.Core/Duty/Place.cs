namespace OnCall.Core.Duty;

/// <summary>A place on duty to which overrides are applied: who has it, and all who had it before, since an override may name any of them.</summary>
internal sealed class Place
{
    private readonly List<string> _holders;

    /// <summary>A place that a layer gives.</summary>
    public Place(LayerPlace place) => (Now, _holders) = (place, [place.Adviser]);

    /// <summary>A place that an override makes.</summary>
    public Place(DutySource.FromOverride change) => (Now, _holders) = (By(change, null), [change.Override.Adviser]);

    public LayerPlace Now { get; private set; }

    /// <summary>Whether it is the adviser's, or that of somebody who stands in for the adviser.</summary>
    public bool Belongs(string adviser) => _holders.Contains(adviser);

    public void Give(DutySource.FromOverride change)
    {
        _holders.Add(change.Override.Adviser);
        Now = By(change, Now.Reason);
    }

    /// <summary>An override by somebody who is away is honoured, so that absences do not matter here.</summary>
    private static LayerPlace By(DutySource.FromOverride change, DutyReason? below) =>
        new(new LayerMember(change.Override.Adviser, null, change), new DutyReason.FromOverride(change, below));
}
