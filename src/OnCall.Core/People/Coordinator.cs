namespace OnCall.Core.People;

/// <summary>Edits rotas and is told of gaps, sickness and alarms.</summary>
/// <param name="Desks">The ids of the desks that concern the coordinator; empty = all of them.</param>
public sealed record Coordinator(string Id, string Name, PhoneNumber Phone, string? Email, ValueList<string> Desks);
