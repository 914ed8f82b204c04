using OnCall.Service.Access;

namespace OnCall.Service.Audit;

/// <summary>Who did what, when, from where: written down, chained, proved, asked for.</summary>
internal static class AuditRoom
{
    /// <summary>What the tools need too.</summary>
    public static void AddAuditLog(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddSingleton<AuditChain>();
    }

    public static void AddAudit(this IHostApplicationBuilder builder)
    {
        builder.AddAuditLog();
        builder.Services.AddHostedService<AuditSealing>();
    }

    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapGroup("/api/v1/audit").RequireAuthorization(Roles.Auditor).MapAuditQuestions();
}
