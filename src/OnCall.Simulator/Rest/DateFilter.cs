using System.Globalization;

namespace OnCall.Simulator.Rest;

/// <summary>
/// <c>Name=</c>, <c>Name&lt;=</c>, <c>Name&gt;=</c>: plain dates are UTC days, and as a bound the day's first instant; full timestamps work as well.
/// What has no such time matches no filter on it. Source: https://www.twilio.com/docs/voice/api/call-resource#read-multiple-call-resources; timestamps: assumed from the SDKs, which send them (check 7).
/// </summary>
internal static class DateFilter
{
    public static bool Matches(this RestCall call, string name, DateTimeOffset? time)
    {
        var (on, until, from) = (Read(call, name), Read(call, name + "<"), Read(call, name + ">"));
        if (on is null && until is null && from is null)
        {
            return true;
        }

        return time is { } t
            && (on is not { } day || t.UtcDateTime.Date == day.UtcDateTime.Date)
            && (until is not { } last || t <= last)
            && (from is not { } first || t >= first);
    }

    private static DateTimeOffset? Read(RestCall call, string name) => call.Query[name] is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
        : throw RestError.BadRequest(20001, $"{name} is no date: {text}");
}
