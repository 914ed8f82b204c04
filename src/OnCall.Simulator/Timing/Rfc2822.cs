using System.Globalization;

namespace OnCall.Simulator.Timing;

/// <summary>Dates as the REST API and the callbacks write them: <c>Tue, 31 Aug 2010 20:36:28 +0000</c>, always in UTC.</summary>
internal static class Rfc2822
{
    public static string Of(DateTimeOffset time) => time.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    public static string? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;
}
