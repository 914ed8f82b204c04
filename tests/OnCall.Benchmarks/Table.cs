using System.Text;

namespace OnCall.Benchmarks;

/// <summary>A table that is Markdown and can be read as it is.</summary>
internal sealed class Table(params string[] head)
{
    private readonly List<string[]> _rows = [head];

    public Table Row(params string[] cells)
    {
        _rows.Add(cells);
        return this;
    }

    public override string ToString()
    {
        var widths = head.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            text.Append("| ").AppendJoin(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))).AppendLine(" |");
            if (row == head)
            {
                text.Append('|').AppendJoin('|', widths.Select(width => new string('-', width + 2))).AppendLine("|");
            }
        }

        return text.ToString();
    }

    /// <summary><c>PASS</c> or <c>FAIL</c>.</summary>
    public static string Verdict(bool isMet) => isMet ? "PASS" : "FAIL";
}
