namespace OnCall.Service.Escalation;

/// <summary>What keeps enquiries and their deadlines.</summary>
internal static class EscalationRoom
{
    public static void AddEscalation(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Work>();
        builder.Services.AddSingleton<EnquiryStore>();
        builder.Services.AddSingleton<Enquiries>();
        builder.Services.AddSingleton<EnquiryReadings>();
        builder.Services.AddSingleton<EnquiryWishes>();
        builder.Services.AddHostedService<DeadlineLoop>();
    }
}
