namespace OnCall.Service.Audit;

/// <summary>Who did what, when, from where: written down.</summary>
internal static class AuditRoom
{
    /// <summary>What the tools need too.</summary>
    public static void AddAuditLog(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<AuditLog>();

    public static void AddAudit(this IHostApplicationBuilder builder) => builder.AddAuditLog();
}
