using ArchUnitNET.Domain;

namespace OnCall.Core.Tests;

/// <summary>The rooms of Core in the order in which one may use another: each only those before it, and never one beside it.</summary>
/// <param name="floors">Rooms that stand beside each other share a floor.</param>
internal sealed class Rooms(params string[][] floors)
{
    private const string Root = "OnCall.Core.";

    public static Rooms OfCore { get; } = new(["People"], ["Rotas"], ["Duty"], ["Escalation", "Schedule"], ["Calls", "Messages"]);

    public IEnumerable<string> Names => floors.SelectMany(floor => floor);

    public Rooms Reversed() => new([.. floors.Reverse()]);

    /// <summary>The first part of the namespace below the root; null = no room: what all rooms may use.</summary>
    public static string? RoomOf(IType type) => type.Namespace?.FullName is { } space && space.StartsWith(Root, StringComparison.Ordinal)
        ? space[Root.Length..].Split('.')[0]
        : null;

    /// <summary>Every use of a type in a room from where it may not be used.</summary>
    public IEnumerable<string> Breaches(Architecture architecture) => architecture.Types
        .SelectMany(type => type.Dependencies, (type, dependency) => (User: type, Used: dependency.Target))
        .Where(pair => !MayUse(RoomOf(pair.User), RoomOf(pair.Used)))
        .Select(pair => $"{pair.User.FullName} uses {pair.Used.FullName}")
        .Distinct();

    private bool MayUse(string? room, string? used) => room is null || used is null || room == used || FloorOf(used) < FloorOf(room);

    private int FloorOf(string room) => Array.FindIndex(floors, floor => floor.Contains(room));
}
