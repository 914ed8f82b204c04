namespace OnCall.Core.Rotas;

/// <summary>A team of experts with one subject.</summary>
/// <param name="Policy">The id of its escalation policy.</param>
public sealed record Desk(string Id, string Name, string Policy);
