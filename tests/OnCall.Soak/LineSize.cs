namespace OnCall.Soak;

/// <summary>How large an advice line is, and how busy.</summary>
/// <param name="PerDay">Calls and texts that come in on an ordinary day.</param>
internal sealed record LineSize(string Name, int Advisers, int Desks, int PerDay)
{
    /// <summary>The sizes by name: from a line that rests for days to one with a call every half hour of day and night.</summary>
    public static IReadOnlyList<LineSize> All { get; } =
    [
        new("village", 4, 1, 2),
        new("town", 9, 2, 8),
        new("county", 16, 3, 16),
        new("nation", 36, 5, 40),
    ];
}
