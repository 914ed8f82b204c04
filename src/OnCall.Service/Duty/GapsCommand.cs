using System.CommandLine;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Duty;

/// <summary><c>oncall gaps [--from TIME] [--to TIME]</c>: uncovered stretches; exit status 1 if there are any.</summary>
internal static class GapsCommand
{
    public static Command Create(string[] settings)
    {
        var from = new Option<string?>("--from") { Description = $"From when: {AskedTime.Takes}. Default: now." };
        var to = new Option<string?>("--to") { Description = "To when, exclusive; at most 400 days later. Default: 28 days after that." };
        var command = new Command("gaps", "Uncovered stretches; exit status 1 if there are any.") { from, to };
        command.SetAction((words, stop) => RunAsync(settings, words.GetValue(from), words.GetValue(to), stop));
        return command;
    }

    public static string Sentence(Rota rota, DutyGap gap) =>
        $"{rota.Id}: {gap.Missing} missing from {AskedTime.Show(gap.Start, rota.Zone)} to {AskedTime.Show(gap.End, rota.Zone)}";

    private static async Task<int> RunAsync(string[] settings, string? from, string? to, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var book = await host.Services.GetRequiredService<BookStore>().LoadAsync(stop);
        var now = Instant.FromDateTimeOffset(host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        var start = from is null ? now : Read("--from", from);
        var end = to is null ? start + Asked.UsualWindow : Read("--to", to);
        AskedTime.CheckWindow(start, end);

        var hasGaps = false;
        foreach (var rota in book.Content.Rotas)
        {
            foreach (var gap in DutyTimeline.Between(book, rota, start, end).Gaps)
            {
                hasGaps = true;
                await Console.Out.WriteLineAsync(Sentence(rota, gap));
            }
        }

        return hasGaps ? 1 : 0;
    }

    private static Instant Read(string option, string text) =>
        AskedTime.Parse(text) ?? throw new OperatorException($"{option} takes {AskedTime.Takes}.");
}
