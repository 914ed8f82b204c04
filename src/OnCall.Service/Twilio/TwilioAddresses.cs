using OnCall.Service.Ops;

namespace OnCall.Service.Twilio;

/// <summary>The addresses that are handed to Twilio.</summary>
internal sealed class TwilioAddresses(OnCallSettings settings)
{
    /// <summary>
    /// Twilio's retry fragment; never sent and not signed: three tries in all, after failures to connect, late answers and 5xx, within 1.5 s to connect
    /// and 4 s to the first byte each, so that all of them fit into the 15 s that a voice webhook has (twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
    /// </summary>
    private const string Retry = "#rc=2&rp=ct,rt,5xx&ct=1500&rt=4000";

    /// <param name="target">Path and query below the public address; values of nothing but <c>A-Z a-z 0-9 _ -</c>, so that nobody re-encodes them.</param>
    public string Of(string target) => settings.PublicUrl + target + Retry;
}
