using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml;

/// <summary>Where the next document comes from: an address, or the words of a REST request.</summary>
/// <param name="Extra">Parameters beside the usual ones.</param>
/// <param name="IsFallback">Whether this is the fallback address: its failure has no other.</param>
internal sealed record Fetch(string Url, HttpMethod Method, Parameters? Extra = null, bool IsFallback = false)
{
    /// <summary>The document itself, when no address is asked.</summary>
    public string? Twiml { get; private init; }

    public static Fetch Inline(string twiml) => new("", HttpMethod.Post) { Twiml = twiml };
}
