using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Rotas.Shifts;

/// <summary>What is noted of a file of shifts while it is taken apart.</summary>
/// <param name="source">The file's name; null = there is but one.</param>
internal sealed class ShiftNotes(string? source)
{
    public List<DraftProblem> Problems { get; } = [];

    public List<DraftProblem> Warnings { get; } = [];

    public void Fault(string path, int line, string sentence) => Problems.Add(new DraftProblem(source, path, line, sentence));

    public void Warn(string path, int line, string sentence) => Warnings.Add(new DraftProblem(source, path, line, sentence));
}
