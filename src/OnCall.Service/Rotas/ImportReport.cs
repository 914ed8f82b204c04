using System.Globalization;
using System.Text;

namespace OnCall.Service.Rotas;

/// <summary>An import told to a coordinator.</summary>
internal sealed class ImportReport(ImportOutcome outcome, bool dryRun)
{
    private readonly StringBuilder _text = new();

    public string Text()
    {
        if (outcome.Done is { } done)
        {
            Changes(done);
            Kept(done);
            Warnings(done);
            Line(!done.Changes.Any() ? "Nothing changes."
                : dryRun ? "Nothing was changed: this was a dry run."
                : string.Create(CultureInfo.InvariantCulture, $"Published as revision {done.Revision}."));
        }
        else
        {
            foreach (var error in outcome.Errors)
            {
                Line(error);
            }

            Line(outcome.Errors.Count == 1 ? "1 error; nothing was changed." : $"{outcome.Errors.Count} errors; nothing was changed.");
        }

        return _text.ToString();
    }

    private void Changes(ImportAnswer done)
    {
        foreach (var change in done.Changes)
        {
            Line($"{Sign(change.Action)} {change.Kind} {change.Id}");
            foreach (var line in change.Action == ChangeJson.Changed ? change.Diff : [])
            {
                Line($"    {line}");
            }
        }
    }

    private void Kept(ImportAnswer done)
    {
        foreach (var kind in done.Kept.GroupBy(item => item.Kind, item => item.Id))
        {
            Line($"kept, though not in the files: {kind.Key} {string.Join(", ", kind)}");
        }
    }

    private void Warnings(ImportAnswer done)
    {
        foreach (var warning in done.Warnings)
        {
            Line($"warning: {warning}");
        }
    }

    private void Line(string line) => _text.Append(line).Append('\n');

    private static char Sign(string action) => action switch
    {
        ChangeJson.Added => '+',
        ChangeJson.Removed => '-',
        _ => '~',
    };
}
