namespace OnCall.Core.Duty;

/// <summary>An adviser in a layer, with what has to be looked up or made only once.</summary>
/// <param name="aways">When the adviser is away; null = never.</param>
/// <param name="source">The layer; or the override that put the adviser there.</param>
internal sealed class LayerMember(string id, StretchIndex<string>? aways, DutySource source)
{
    public string Id => id;

    public StretchIndex<string>? Aways => aways;

    /// <summary>The adviser as a list of one.</summary>
    public ValueList<string> Alone { get; } = [id];

    /// <summary>The source as a list of one.</summary>
    public ValueList<DutySource> Source { get; } = [source];
}
