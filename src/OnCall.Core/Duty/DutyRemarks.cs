using OnCall.Core.Rotas;

namespace OnCall.Core.Duty;

/// <summary>What the resolver passes over at an instant, for whoever wants to tell of it.</summary>
internal sealed class DutyRemarks
{
    /// <summary>Overrides that hold and have no effect.</summary>
    public List<Override> Idle { get; } = [];

    /// <summary>Those who would be on duty in a layer if they were not away.</summary>
    public List<LayerPlace> Away { get; } = [];

    /// <summary>Ready for the next instant.</summary>
    public void Clear()
    {
        Idle.Clear();
        Away.Clear();
    }
}
