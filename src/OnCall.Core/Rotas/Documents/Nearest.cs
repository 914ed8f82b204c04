namespace OnCall.Core.Rotas.Documents;

/// <summary>Finds the word that somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>The end of a sentence: <c>; did you mean "turn"?</c>, or a full stop where nothing is near.</summary>
    public static string Hint(string written, IEnumerable<string> known)
    {
        var allowed = written.Length <= 3 ? 1 : Math.Max(2, written.Length / 3);
        var nearest = known
            .Select(word => (word, distance: Distance(written, word)))
            .Where(candidate => candidate.distance <= allowed)
            .OrderBy(candidate => candidate.distance)
            .ThenBy(candidate => candidate.word, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.word is null ? "." : $"; did you mean \"{nearest.word}\"?";
    }

    /// <summary>Levenshtein's distance, letters of either case being the same; words much longer than ours are far away.</summary>
    private static int Distance(string one, string other)
    {
        if (one.Length > 64 || Math.Abs(one.Length - other.Length) > 8)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var same = char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
