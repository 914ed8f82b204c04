namespace OnCall.Core.Rotas.Documents;

/// <summary>A file of dated shifts, taken apart, before anything in it is understood.</summary>
/// <param name="Source">The file's name; null = there is but one and no need to name it.</param>
/// <param name="Problems">What was wrong already when it was taken apart.</param>
/// <param name="Warnings">What was left out on purpose.</param>
public sealed record ShiftList(
    string? Source, ValueList<WrittenShift> Shifts, ValueList<DraftProblem> Problems, ValueList<DraftProblem> Warnings);

/// <summary>One shift as a file has it.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Start">A date or a date and time, as rota documents write them, with or without an offset; empty = missing.</param>
/// <param name="End">Likewise.</param>
/// <param name="Adviser">An id, or the exact name of one adviser; empty = not said.</param>
/// <param name="Mails">Addresses of those who are invited: each that is an adviser's is on duty, and then <paramref name="Adviser"/> is only a title.</param>
public sealed record WrittenShift(int Line, string Start, string End, string Adviser, ValueList<string> Mails);
