using OnCall.Service.Twilio;

namespace OnCall.Service.Outbox;

/// <summary>What carries out effects.</summary>
internal static class OutboxRoom
{
    public static void AddOutbox(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Node>();
        services.AddSingleton<OutboxStore>();
        services.AddSingleton<OutboxWait>();
        services.AddSingleton<Gate>();
        services.AddSingleton<ShownNumbers>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<TextSender>();
        services.AddSingleton<MessageFinder>();
        services.AddSingleton<EffectRunner>();
        services.AddHostedService<NodeLife>();
        services.AddHostedService<RestWatch>();
        services.AddHostedService<Lanes>();
        AddLane(services, Lane.Free, _ => double.MaxValue);
        AddLane(services, Lane.Calls, twilio => twilio.CallsPerSecond);
        AddLane(services, Lane.Texts, twilio => twilio.MessagesPerSecond);
    }

    private static void AddLane(IServiceCollection services, Lane lane, Func<TwilioSettings, double> perSecond) => services.AddSingleton(provider =>
        ActivatorUtilities.CreateInstance<LaneLoop>(provider, lane, perSecond(provider.GetRequiredService<TwilioSettings>())));
}
