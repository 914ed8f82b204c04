using System.CommandLine;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Tools;

namespace OnCall.Service.Rotas;

/// <summary><c>oncall export</c>: writes the whole configuration as one rota document, YAML, or JSON with <c>--json</c>.</summary>
internal static class ExportCommand
{
    public static Command Create(string[] settings)
    {
        var command = new Command("export", "Writes the whole configuration as one rota document.").Anywhere();
        command.SetAction((words, stop) => RunAsync(words, settings, stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        var book = await target.BookAsync(stop);
        await words.Out().WriteAsync(RotaDocument.Write(RotaWriter.Write(book.Content), words.GetValue(ToolOptions.Json) ? DocumentForm.Json : DocumentForm.Yaml));
        return 0;
    }
}
