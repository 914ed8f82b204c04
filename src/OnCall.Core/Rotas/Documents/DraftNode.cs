namespace OnCall.Core.Rotas.Documents;

/// <summary>A rota document as it was written, before anything in it is understood: a tree whose parts know their lines.</summary>
/// <param name="Line">From 1; 0 = never written in a file.</param>
public abstract record DraftNode(int Line)
{
    /// <summary>A word, a number, a date…</summary>
    /// <param name="IsQuoted">It is text and nothing else (a JSON string, a quoted YAML scalar); otherwise it may also be a number, true, false or null.</param>
    public sealed record Scalar(string Text, bool IsQuoted, int Line) : DraftNode(Line)
    {
        public bool IsNull => !IsQuoted && Text is "" or "~" or "null";
    }

    public sealed record Map(IReadOnlyList<DraftEntry> Entries, int Line) : DraftNode(Line);

    public sealed record List(IReadOnlyList<DraftNode> Items, int Line) : DraftNode(Line);
}

/// <summary>A key of a map and what stands at it. The same key may come twice: that is for the check to say.</summary>
public sealed record DraftEntry(string Key, DraftNode Value, int Line);

/// <summary>A document and where it came from.</summary>
/// <param name="Source">A file's name; null = there is but one document and no need to name it.</param>
/// <param name="SecondDocumentLine">Where a second YAML document begins, which is an error; null = there is none.</param>
public sealed record Draft(string? Source, DraftNode Root, int? SecondDocumentLine = null)
{
    /// <summary>What was found wrong before the tree was made: it counts as if the tree were at fault.</summary>
    public ValueList<DraftProblem> Problems { get; init; } = [];

    /// <summary>What was found worth a warning before the tree was made.</summary>
    public ValueList<DraftProblem> Warnings { get; init; } = [];
}

/// <summary>Something wrong, or worth a warning, in a document.</summary>
/// <param name="Source">The document's; null = there is but one.</param>
/// <param name="Path">For example <c>rotas[0].layers[1].rotation.turn</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Sentence">What is wrong and what to do.</param>
public sealed record DraftProblem(string? Source, string Path, int Line, string Sentence)
{
    /// <summary>The sentence with its place, as people read it: <c>line 12: …</c>.</summary>
    public string Located => Source is null ? $"line {Line}: {Sentence}" : $"{Source}, line {Line}: {Sentence}";
}
