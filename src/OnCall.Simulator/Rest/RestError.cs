using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OnCall.Simulator.Rest;

/// <summary>A refusal, in Twilio's classic shape. Source: https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions; codes: https://www.twilio.com/docs/api/errors.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Never thrown without a code.")]
[SuppressMessage("Design", "CA1064", Justification = "It never leaves the simulator.")]
internal sealed class RestError(int status, int code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public int Code { get; } = code;

    public static RestError BadRequest(int code, string message) => new(400, code, message);

    public static RestError NotFound(string what) => new(404, 20404, $"The requested resource {what} was not found");

    public JsonObject Body() => new()
    {
        ["code"] = Code,
        ["message"] = Message,
        ["more_info"] = "https://www.twilio.com/docs/errors/" + Code.ToString(CultureInfo.InvariantCulture),
        ["status"] = Status,
    };
}
