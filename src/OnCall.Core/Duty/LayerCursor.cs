using NodaTime;

namespace OnCall.Core.Duty;

/// <summary>A walk through a layer alone in order of time: who is on duty, as a function that is constant for stretches.</summary>
internal abstract class LayerCursor
{
    private Steady _steady;

    protected LayerCursor() => _steady.Until(Instant.MinValue);

    /// <summary>Who is on duty at the instant that was moved to.</summary>
    public LayerPlace[] Places { get; private set; } = [];

    /// <summary>Until when.</summary>
    public ref readonly Steady Steady => ref _steady;

    /// <param name="at">Never before the one of the last time.</param>
    public void MoveTo(Instant at)
    {
        if (at >= _steady.Reasons)
        {
            _steady = new Steady();
            Places = Seek(at, ref _steady);
        }
    }

    /// <summary>The advisers at an instant.</summary>
    /// <param name="steady">Lowered to the first instant after <paramref name="at"/> at which the answer may change; never raised.</param>
    protected abstract LayerPlace[] Seek(Instant at, ref Steady steady);
}
