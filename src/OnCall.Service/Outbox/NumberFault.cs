using NodaTime;

namespace OnCall.Service.Outbox;

/// <summary>What a code of Twilio says of a number, where it says anything (https://www.twilio.com/docs/api/errors).</summary>
/// <param name="Reason">For people, as the end of a sentence.</param>
/// <param name="Lasts">How long it is believed before it is tried again; null = until the number says otherwise itself.</param>
internal sealed record NumberFault(string Reason, Duration? Lasts)
{
    public const int OptOut = 21610;

    /// <summary>Between the two numbers no text goes; from another of our numbers one may.</summary>
    private const int NoWayBetween = 21612;

    /// <summary>Longer than a fault of a network, and short enough that a mended number is found out.</summary>
    private static readonly Duration Week = Duration.FromDays(7);

    /// <summary>Not to call somebody costs more than to try in vain.</summary>
    private static readonly Duration Hour = Duration.FromHours(1);

    /// <summary>Why a number takes no texts; null = the code says nothing of the number.</summary>
    public static NumberFault? OfText(int code) => code switch
    {
        OptOut => new("it has texted STOP", null),
        30004 => new("it, or its network, blocks our texts", Week),
        30005 => new("the number is not in use", Week),
        30006 => new("a landline, or its network cannot be reached", Week),
        NoWayBetween => new("no way leads there from this line's number for texts", Week),
        21614 => new("no mobile number", Week),
        21211 or 21217 or 21401 => new("no valid number", Week),
        _ => null,
    };

    /// <summary>Whether the code says something of the number as seen from one sender alone.</summary>
    public static bool IsOfSender(int code) => code is OptOut or NoWayBetween;

    /// <summary>
    /// Why a number cannot be called; null = the code says nothing of the number. That it cannot be reached now (21214, 13224) may be a network's doing: who is not rung because of it may be the only one.
    /// </summary>
    public static NumberFault? OfCall(int code) => code switch
    {
        21211 or 21217 or 21401 or 13223 => new("no valid number", Hour),
        21216 or 13225 or 13226 => new("Twilio calls no such number", Hour),
        _ => null,
    };
}
