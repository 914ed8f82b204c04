namespace OnCall.Core.Duty;

/// <summary>Somebody whom a layer alone puts on duty.</summary>
internal readonly record struct LayerPlace(string Adviser, DutyReason Reason);
