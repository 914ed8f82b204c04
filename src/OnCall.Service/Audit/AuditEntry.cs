using System.Text.Json;
using NodaTime;
using OnCall.Service.Data;

namespace OnCall.Service.Audit;

/// <summary>Makes rows of the audit.</summary>
internal static class AuditEntry
{
    /// <param name="kind">What was done, for example <c>key-created</c>.</param>
    /// <param name="subject">To what, in words.</param>
    /// <param name="ids">The ids, names and refs of everything concerned: what the audit is asked by.</param>
    /// <param name="before">Written as JSON; null = nothing was there.</param>
    /// <param name="after">Written as JSON; null = nothing is left, or nothing was changed.</param>
    public static AuditRow Of(Origin origin, Instant at, string kind, string subject, IEnumerable<string> ids, object? before = null, object? after = null) => new()
    {
        At = at,
        Actor = origin.Actor,
        Source = origin.Source,
        Kind = kind,
        Subject = subject,
        Ids = [.. ids],
        Before = Json(before),
        After = Json(after),
    };

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, StoredJson.Options);
}
