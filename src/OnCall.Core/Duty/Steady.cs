using System.Runtime.InteropServices;
using NodaTime;

namespace OnCall.Core.Duty;

/// <summary>Until when, at least, an answer stays as it is.</summary>
/// <remarks>Turns that follow each other with the same adviser change why somebody is on duty, but not who: they are two stretches of reasons and one of advisers.</remarks>
[StructLayout(LayoutKind.Auto)]
internal struct Steady()
{
    /// <summary>Until when the same advisers are on duty, exclusive.</summary>
    public Instant Advisers { get; private set; } = Instant.MaxValue;

    /// <summary>Until when they are so for the same reasons, exclusive; never after <see cref="Advisers"/>.</summary>
    public Instant Reasons { get; private set; } = Instant.MaxValue;

    public void Until(Instant end)
    {
        if (end < Advisers)
        {
            Advisers = end;
            ReasonsUntil(end);
        }
    }

    public void ReasonsUntil(Instant end)
    {
        if (end < Reasons)
        {
            Reasons = end;
        }
    }

    /// <summary>As long as another answer stays as it is, too.</summary>
    public void Until(in Steady other)
    {
        if (other.Advisers < Advisers)
        {
            Advisers = other.Advisers;
        }

        ReasonsUntil(other.Reasons);
    }
}
