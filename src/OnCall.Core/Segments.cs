namespace OnCall.Core;

/// <summary>In how many parts a text goes out, and is paid for: 160 characters of GSM-7, or 70 of UCS-2; of a longer one, each part has 153 or 67 (3GPP TS 23.040, 9.2.3.24.1).</summary>
public static class Segments
{
    /// <summary>These take the room of two in GSM-7: its extension table.</summary>
    private const string Double = "^{}\\[~]|€\f";

    /// <summary>At least 1. One letter outside of GSM-7, such as ŵ or â, makes the whole text UCS-2.</summary>
    public static int Of(string text) => text.All(letter => Gsm7.Has(letter) || Double.Contains(letter, StringComparison.Ordinal))
        ? Parts(text.Length + text.Count(letter => Double.Contains(letter, StringComparison.Ordinal)), 160, 153)
        : Parts(text.Length, 70, 67);

    private static int Parts(int length, int alone, int each) => length <= alone ? 1 : (length + each - 1) / each;
}
