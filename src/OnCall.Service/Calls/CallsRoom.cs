using OnCall.Core.Calls;
using OnCall.Service.Chain;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Calls;

/// <summary>The webhooks of calls. Twilio alone may call them; every answer to a leg is a document with words.</summary>
internal static class CallsRoom
{
    // A fallback address is fetched by GET where the document could be static.
    private static readonly string[] Methods = [HttpMethods.Post, HttpMethods.Get];

    public static void AddCalls(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Twiml>();
        builder.Services.AddSingleton<FailingLegs>();
        builder.Services.AddSingleton<LegWebhooks>();
        builder.Services.AddSingleton<StatusWebhooks>();
        builder.Services.AddSingleton<Recordings>();
        builder.Services.AddSingleton<MissedCallRecord>();
        builder.Services.AddHostedService<MissedCalls>();
        builder.Services.AddSingleton<LineNumbers>(services => () =>
            services.GetRequiredService<CurrentBook>().Book.Content.Lines.SelectMany(line => new[] { line.Number.Value, line.TextNumber.Value }).ToHashSet(StringComparer.Ordinal));
    }

    private static bool IsOfChain(Door door) => door is Door.ChainMenu or Door.ChainNext or Door.ChainMessage or Door.ChainOffer or Door.ChainKey;

    public static void MapCalls(this IEndpointRouteBuilder app)
    {
        var twilio = app.MapGroup("/twilio").RequireAuthorization(TwilioSignatureScheme.Policy).ExcludeFromDescription();
        twilio.MapMethods("/voice", Methods, (LegWebhooks legs, HttpContext http, TwilioForm form) => legs.ArrivedAsync(http, form));
        foreach (var door in Enum.GetValues<Door>().Where(door => door != Door.Room))
        {
            var path = $"/voice/{Twiml.PathOf(door)}";
            _ = IsOfChain(door)
                ? twilio.MapMethods(path, Methods, (ChainWebhooks chain, TwilioForm form, string s, int? n) => chain.AtDoorAsync(door, s, n ?? 0, form))
                : twilio.MapMethods(path, Methods, (LegWebhooks legs, HttpContext http, TwilioForm form, string s, int? n) => legs.AtDoorAsync(door, s, n ?? 0, http, form));
        }

        twilio.MapPost($"/voice/{Twiml.PathOf(Door.Room)}", (StatusWebhooks status, TwilioForm form, string s) => status.RoomAsync(s, form));
        // Twilio signs what it fetches for <Play>, too: https://www.twilio.com/docs/serverless/functions-assets/visibility
        twilio.MapGet("/voice/message-left", async (Recordings recordings, Guid s, CancellationToken stop) =>
            await recordings.FindAsync(s, stop) is { } sound ? Results.Bytes(sound, "audio/wav") : Results.NotFound());
        twilio.MapMethods($"/{Twiml.AlonePath}", Methods, (Twiml twiml) => twiml.AnswerAlone());
        twilio.MapPost("/status/page", (StatusWebhooks status, TwilioForm form, string s) => status.PageAsync(s, form));
        twilio.MapPost("/status/officer", (StatusWebhooks status, TwilioForm form, string s) => status.OfficerAsync(s, form));
        twilio.MapPost("/status/call", (StatusWebhooks status, TwilioForm form) => status.CallAsync(form));
        // Whatever else is asked for under /twilio, or by another method: 403 without a signature, 404 with one.
        twilio.Map("/{**rest}", () => Results.NotFound());
        app.MapGet("/twilio/hold.wav", () => Results.Bytes(HoldSound.Wav, "audio/wav")).AllowAnonymous().ExcludeFromDescription()
            .AddEndpointFilter(async (context, next) =>
            {
                context.HttpContext.Response.Headers.CacheControl = "public, max-age=86400";
                return await next(context);
            });
    }
}
