using System.CommandLine;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Rotas;

/// <summary><c>oncall export</c>: writes the whole configuration as one rota document, YAML.</summary>
internal static class ExportCommand
{
    public static Command Create(string[] settings)
    {
        var command = new Command("export", "Writes the whole configuration as one rota document.");
        command.SetAction((_, stop) => RunAsync(settings, stop));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var book = await host.Services.GetRequiredService<BookStore>().LoadAsync(stop);
        await Console.Out.WriteAsync(RotaDocument.Write(RotaWriter.Write(book.Content), DocumentForm.Yaml));
        return 0;
    }
}
