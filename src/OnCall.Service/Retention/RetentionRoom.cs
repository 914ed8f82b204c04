using NodaTime;
using OnCall.Service.Schedule;
using OnCall.Service.Twilio;

namespace OnCall.Service.Retention;

/// <summary>How long people's words are kept, here and at Twilio.</summary>
internal static class RetentionRoom
{
    private static readonly Duration ErasesEvery = Duration.FromDays(1);
    private static readonly Duration RedactsEvery = Duration.FromMinutes(10);

    public static void AddRetention(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Erasure>();
        builder.Services.AddSingleton<Redaction>();
        builder.Services.AddSingleton(new Recurring("erase", typeof(EraseJob), ErasesEvery));
        builder.Services.AddSingleton(provider =>
            new Recurring("redact", typeof(RedactJob), RedactsEvery, provider.GetRequiredService<TwilioSettings>().RedactTexts));
    }
}
