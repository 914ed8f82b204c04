using OnCall.Service.Data;

namespace OnCall.Service.Chain;

/// <summary>Calls that documents alone lead on, because the database or Twilio's REST API is away, and the journal of what happened to them.</summary>
internal static class ChainRoom
{
    public static void AddChain(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DatabaseLink>();
        builder.Services.AddHostedService<DatabaseWatch>();
        builder.Services.AddSingleton<ChainSeal>();
        builder.Services.AddSingleton<PassedDials>();
        builder.Services.AddSingleton<JournalCipher>();
        builder.Services.AddSingleton<Journal>();
        builder.Services.AddSingleton<ChainRecord>();
        builder.Services.AddSingleton<ChainWebhooks>();
        builder.Services.AddSingleton<ChainTakeOver>();
        builder.Services.AddSingleton<ChainLeadIn>();
        builder.Services.AddHostedService<JournalReplay>();
        builder.Services.AddSingleton<KeptBook>();
        builder.Services.AddHostedService<BookKeeper>();
    }
}
