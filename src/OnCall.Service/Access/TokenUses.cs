using System.Collections.Concurrent;
using System.Security.Claims;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Service.Audit;
using OnCall.Service.Data;

namespace OnCall.Service.Access;

/// <summary>
/// Who somebody is whose token is used stands in the audit: one entry a day and address on each node, and one whenever the name, the role or the desks are others. The other entries have the issuer and
/// the subject alone, which stay the same.
/// </summary>
internal sealed class TokenUses(AuditLog audit, DatabaseLink link, TimeProvider time)
{
    public const string Kind = "signed-in";

    private static readonly Duration Often = Duration.FromDays(1);

    private readonly ConcurrentDictionary<(string Actor, string Source), (string Said, Instant At)> _told = new();

    /// <summary>Where none can be written, the database being away, the token is good all the same, and the next use is written down.</summary>
    /// <param name="source">The address from which it is used.</param>
    public async Task NoteAsync(ClaimsPrincipal caller, string source, CancellationToken stop)
    {
        var (actor, now) = (caller.Identity!.Name!, time.GetCurrentInstant());
        var shown = new { Name = Caller.ShownNameOf(caller), Role = Roles.Of(caller), Caller.RemitOf(caller)?.Desks };
        var said = $"{shown}";
        if (_told.TryGetValue((actor, source), out var last) && last.Said == said && now - last.At < Often)
        {
            return;
        }

        try
        {
            await audit.AddAsync(AuditEntry.Of(new Origin(actor, source), now, Kind, "token", [actor], after: shown), stop);
            foreach (var old in _told.Where(told => now - told.Value.At >= Often))
            {
                _told.TryRemove(old);
            }

            _told[(actor, source)] = (said, now);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (!await link.FailedAsync(e))
            {
                throw;
            }
        }
    }
}
