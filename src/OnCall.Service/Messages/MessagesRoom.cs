using OnCall.Service.Twilio;

namespace OnCall.Service.Messages;

/// <summary>The webhooks of texts. Twilio alone may call them.</summary>
internal static class MessagesRoom
{
    public static void AddMessages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WordsStore>();
        builder.Services.AddSingleton<ToldTexts>();
        builder.Services.AddSingleton<AdvisersEnquiries>();
        builder.Services.AddSingleton<SharedPhones>();
        builder.Services.AddSingleton<OfficerTexts>();
        builder.Services.AddSingleton<AdviserTexts>();
        builder.Services.AddSingleton<SickLeave>();
        builder.Services.AddSingleton<DutyTexts>();
        builder.Services.AddSingleton<HeldTexts>();
        builder.Services.AddSingleton<SentTexts>();
        builder.Services.AddSingleton<TextWebhooks>();
        builder.Services.AddSingleton<MissedTexts>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<MissedTexts>());
    }

    public static void MapMessages(this IEndpointRouteBuilder app)
    {
        var twilio = app.MapGroup("/twilio").RequireAuthorization(TwilioSignatureScheme.Policy).ExcludeFromDescription();
        twilio.MapPost("/sms", (TextWebhooks texts, TwilioForm form, CancellationToken stop) => texts.ReceivedAsync(form, stop));
        twilio.MapPost("/status/relay", (TextWebhooks texts, TwilioForm form, string s) => texts.RelayStatusAsync(s, form));
        twilio.MapPost("/status/text", (TextWebhooks texts, TwilioForm form, string s) => texts.StatusAsync(s, form));
    }
}
