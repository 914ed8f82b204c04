namespace OnCall.Core;

/// <summary>
/// The alphabet of texts, one character each (3GPP TS 23.038, without its extension table). One letter outside of it would make the whole text longer than a
/// segment, so that names are written with the nearest letter.
/// </summary>
public static class Gsm7
{
    private const string Alphabet =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /// <summary>Letters of these islands and their neighbours, and the signs that word processors put in: each before what stands for it.</summary>
    private const string Nearest =
        "âaêeîiôoûuŵwŷyÂAÊEÎIÔOÛUŴWŶYáaíióoúuẃwýyÁAÍIÓOÚUẂWÝYÀAÈEÌIÒOÙUẀWỲYẁwỳyëeïiẅwÿyËEÏIẄWŸYçcãaõoÃAÕOłlŁLšsŠSžzŽZčcČCńnŃNśsŚSżzŻZąaęeěeřrğgşs‘'’'“\"”\"–-—-[({(])})";

    public static bool Has(char letter) => Alphabet.Contains(letter, StringComparison.Ordinal);

    /// <summary>The same in the alphabet: the nearest letter, or a question mark.</summary>
    public static string Fold(string text) => string.Concat(text.Select(Fold));

    private static char Fold(char letter)
    {
        if (Has(letter))
        {
            return letter;
        }

        for (var index = 0; index < Nearest.Length; index += 2)
        {
            if (Nearest[index] == letter)
            {
                return Nearest[index + 1];
            }
        }

        return '?';
    }
}
