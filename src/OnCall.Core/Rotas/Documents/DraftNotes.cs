namespace OnCall.Core.Rotas.Documents;

/// <summary>Notes what is wrong with a document within measure: a hostile one could have millions of errors, and quote megabytes in each.</summary>
public static class DraftNotes
{
    /// <summary>So many are noted, and then that there are more.</summary>
    public const int Most = 10_000;

    private const int LongestSentence = 600;
    private const int LongestPath = 300;

    /// <summary>Adds a note, shortened in its middle if need be. The last that has room says that there are more.</summary>
    public static void Add(IList<DraftProblem> notes, DraftProblem note)
    {
        if (notes.Count < Most)
        {
            notes.Add(note with { Path = Cut(note.Path, LongestPath), Sentence = Cut(note.Sentence, LongestSentence) });
        }
        else if (notes.Count == Most)
        {
            notes.Add(note with { Path = RotaCheck.Document, Sentence = $"there is more of this after these {Most}; mend them first." });
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : $"{text[..(length / 2)]}…{text[^(length / 2)..]}";
}
