using OnCall.Service.Twilio;

namespace OnCall.Service.Messages;

/// <summary>The webhook of texts. Twilio alone may call it.</summary>
internal static class MessagesRoom
{
    public static void AddMessages(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<TextWebhooks>();

    public static void MapMessages(this IEndpointRouteBuilder app) => app
        .MapPost("/twilio/sms", (TextWebhooks texts, TwilioForm form, CancellationToken stop) => texts.ReceivedAsync(form, stop))
        .RequireAuthorization(TwilioSignatureScheme.Policy).ExcludeFromDescription();
}
