using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace OnCall.Service.Tools;

/// <summary>How a command writes its answer: as JSON where <c>--json</c> asks for it, as a table on a terminal, else in sentences, one on each line, for whoever reads lines.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerOptions.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where answers go.</summary>
    public static TextWriter Out(this ParseResult words) => words.InvocationConfiguration.Output;

    /// <summary>Where goes what is no answer.</summary>
    public static TextWriter Errors(this ParseResult words) => words.InvocationConfiguration.Error;

    public static async Task WriteAsync<T>(ParseResult words, T answer, IEnumerable<string> sentences, Func<Table>? table = null)
    {
        if (words.GetValue(ToolOptions.Json))
        {
            await words.Out().WriteLineAsync(JsonSerializer.Serialize(answer, Indented));
        }
        else if (table is not null && words.Out() == Console.Out && !Console.IsOutputRedirected)
        {
            AnsiConsole.Write(table());
        }
        else
        {
            foreach (var sentence in sentences)
            {
                await words.Out().WriteLineAsync(sentence);
            }
        }
    }

    /// <summary>A table of plain text: nothing in it is taken for a colour.</summary>
    /// <param name="title">Stands above it; null = nothing does.</param>
    /// <param name="caption">Stands below it; null = nothing does.</param>
    public static Table Table(IEnumerable<string> headings, IEnumerable<IEnumerable<string>> rows, string? title = null, string? caption = null)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = Plain(title), Caption = Plain(caption) };
        table.AddColumns([.. headings.Select(heading => new TableColumn(new Text(heading)))]);
        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        return table;
    }

    private static TableTitle? Plain(string? text) => text is null ? null : new TableTitle(Markup.Escape(text), Style.Plain);
}
