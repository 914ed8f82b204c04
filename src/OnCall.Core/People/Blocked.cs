using NodaTime;

namespace OnCall.Core.People;

/// <summary>A number whose caller is asked for a key and a force before anybody is rung.</summary>
/// <param name="Until">Until when, exclusive; null = without end.</param>
public sealed record Blocked(PhoneNumber Number, Instant? Until, string? Reason)
{
    /// <summary>Whether the block is in force at an instant.</summary>
    public bool Holds(Instant at) => Until is null || at < Until;
}
