using System.Diagnostics.CodeAnalysis;

namespace OnCall.Simulator.Twiml;

/// <summary>A document that cannot be had or run: the fallback address is next.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Never thrown without a code.")]
[SuppressMessage("Design", "CA1064", Justification = "It never leaves the simulator.")]
internal sealed class TwimlFailure(int code, string message, string url) : Exception(message)
{
    public int Code { get; } = code;

    public string Url { get; } = url;
}
