namespace OnCall.Service.Twilio;

/// <summary>Everything that speaks with Twilio.</summary>
internal static class TwilioRoom
{
    public static void AddTwilio(this IHostApplicationBuilder builder)
    {
    }
}
