using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>What is noted of a file of shifts while it is taken apart.</summary>
/// <param name="source">The file's name; null = there is but one.</param>
internal sealed class ShiftNotes(string? source)
{
    public List<DraftProblem> Problems { get; } = [];

    public List<DraftProblem> Warnings { get; } = [];

    /// <summary>Nothing more is noted.</summary>
    public bool IsFull => Problems.Count > DraftNotes.Most;

    public void Fault(string path, int line, string sentence) => DraftNotes.Add(Problems, new DraftProblem(source, path, line, sentence));

    public void Warn(string path, int line, string sentence) => DraftNotes.Add(Warnings, new DraftProblem(source, path, line, sentence));
}
