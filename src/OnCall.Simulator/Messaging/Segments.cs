namespace OnCall.Simulator.Messaging;

/// <summary>How many parts a text takes: GSM-7 160, then 153 each; with any other character UCS-2 70, then 67. Source: https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding.</summary>
internal static class Segments
{
    private const string Single = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Double = "^{}\\[~]|€\f";

    public static int Of(string body)
    {
        var isGsm = body.All(c => Single.Contains(c) || Double.Contains(c));
        var units = isGsm ? body.Sum(c => Double.Contains(c) ? 2 : 1) : body.Length;
        var (whole, part) = isGsm ? (160, 153) : (70, 67);
        return units <= whole ? 1 : (units + part - 1) / part;
    }
}
