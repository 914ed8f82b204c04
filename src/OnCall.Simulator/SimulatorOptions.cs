namespace OnCall.Simulator;

/// <summary>What a simulated account is, and how fast it is.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The account: <c>AC</c> and 32 hexadecimal digits.</summary>
    public string AccountSid { get; init; } = "AC00000000000000000000000000000001";

    /// <summary>The primary token: it authenticates REST requests and signs every webhook.</summary>
    public string AuthToken { get; init; } = "simulated-auth-token";

    /// <summary>Accepted by REST beside the primary one; signs nothing until <see cref="TwilioSimulator.PromoteSecondaryToken"/>. Source: https://www.twilio.com/docs/iam/access-tokens (error 57012).</summary>
    public string? SecondaryAuthToken { get; init; }

    /// <summary>Where the REST API and the page listen. Port 0 takes a free one, see <see cref="TwilioSimulator.BaseAddress"/>.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>The only clock of the simulator. With a fake one, a night passes in a second.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Calls made by REST that start per second; the surplus waits as <c>queued</c>. Infinity: no limit. Source: https://www.twilio.com/docs/voice/api/call-resource (calls per second).</summary>
    public double CallsPerSecond { get; init; } = 1;

    /// <summary>Text segments that leave per second and sender. Source: https://www.twilio.com/docs/messaging/guides/understanding-rate-limits-and-queueing; 10 is assumed for UK mobile numbers (check 26).</summary>
    public double MessagesPerSecond { get; init; } = 10;

    /// <summary>Whether things that Twilio passes over in silence, but that are surely mistakes, count as problems too (unknown REST parameters, risky characters in callback addresses).</summary>
    public bool Strict { get; init; } = true;

    /// <summary>From the moment a call leaves the queue until the phone rings. Assumed (check 3).</summary>
    public TimeSpan CallSetup { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Added to the ring time-out of calls made by REST: "on some routes" Twilio rings 5 s longer (check 4). Source: https://www.twilio.com/docs/voice/api/call-resource (Timeout).</summary>
    public TimeSpan ExtraRing { get; init; } = TimeSpan.Zero;

    /// <summary>From the end of a recording until its file is ready and its callback is made. Assumed (check 23).</summary>
    public TimeSpan RecordingDelay { get; init; } = TimeSpan.FromSeconds(2);
}
