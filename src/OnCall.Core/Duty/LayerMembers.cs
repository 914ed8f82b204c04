namespace OnCall.Core.Duty;

/// <summary>The advisers of one layer.</summary>
internal sealed class LayerMembers(DutySource.FromLayer layer, AwayTimes away)
{
    private readonly Dictionary<string, LayerMember> _byId = [];

    public DutySource.FromLayer Layer => layer;

    public LayerMember this[string adviser] => _byId.TryGetValue(adviser, out var known)
        ? known
        : _byId[adviser] = new LayerMember(adviser, away.Of(adviser), layer);
}
