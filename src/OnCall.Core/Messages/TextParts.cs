using OnCall.Core.Escalation;

namespace OnCall.Core.Messages;

/// <summary>Words that may be too long for one text, which takes 1,600 characters (https://www.twilio.com/docs/errors/21617).</summary>
public static class TextParts
{
    private const int Longest = 1600;

    /// <summary>One part of the words, cut between words where one is near, with what stands before it, and "(1/2)" where there are several.</summary>
    /// <param name="part">From 1.</param>
    public static string Of(string words, int part, int parts, string before)
    {
        var starts = Enumerable.Range(0, parts + 1).Select(index => Cut(words, index, parts)).ToList();
        var piece = words[starts[part - 1]..starts[part]].Trim();
        var whole = parts > 1 ? $"{before}({part}/{parts}) {piece}" : before + piece;
        return whole.Length <= Longest ? whole : whole[..Longest];
    }

    /// <summary>Where the part after <paramref name="index"/> parts begins.</summary>
    private static int Cut(string words, int index, int parts)
    {
        var at = Math.Min(words.Length, index * Word.PartLength);
        if (index == 0 || index >= parts || at == words.Length)
        {
            return index == 0 ? 0 : words.Length;
        }

        var blank = words.LastIndexOf(' ', at - 1, 60);
        var cut = blank > 0 ? blank : at;
        return char.IsLowSurrogate(words[cut]) ? cut - 1 : cut;
    }
}
