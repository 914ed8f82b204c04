using System.Globalization;
using System.Text;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Rotas;

/// <summary>An import told to a coordinator.</summary>
internal sealed class ImportReport(Publication publication, bool dryRun)
{
    private readonly StringBuilder _text = new();

    public string Text()
    {
        if (publication.Book is { } book)
        {
            Changes();
            Kept();
            Warnings();
            Line(publication.Changes.Count == 0 ? "Nothing changes."
                : dryRun ? "Nothing was changed: this was a dry run."
                : string.Create(CultureInfo.InvariantCulture, $"Published as revision {book.Revision}."));
        }
        else
        {
            foreach (var problem in publication.Problems)
            {
                Line($"{problem.Located} ({problem.Path})");
            }

            Line(publication.Problems.Count == 1 ? "1 error; nothing was changed." : $"{publication.Problems.Count} errors; nothing was changed.");
        }

        return _text.ToString();
    }

    private void Changes()
    {
        foreach (var change in publication.Changes)
        {
            Line($"{Sign(change.Action)} {change.Item.Kind} {change.Item.Id}");
            foreach (var line in change.Action == ChangeAction.Changed ? change.Diff : [])
            {
                Line($"    {line}");
            }
        }
    }

    private void Kept()
    {
        foreach (var kind in publication.Kept.GroupBy(item => item.Kind, item => item.Id))
        {
            Line($"kept, though not in the files: {kind.Key} {string.Join(", ", kind)}");
        }
    }

    private void Warnings()
    {
        foreach (var warning in publication.Warnings)
        {
            Line($"warning: {warning}");
        }
    }

    private void Line(string line) => _text.Append(line).Append('\n');

    private static char Sign(ChangeAction action) => action switch
    {
        ChangeAction.Added => '+',
        ChangeAction.Removed => '-',
        _ => '~',
    };
}
