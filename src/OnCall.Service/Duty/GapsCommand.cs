using System.CommandLine;
using System.Globalization;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Service.Ops;
using OnCall.Service.Tools;

namespace OnCall.Service.Duty;

/// <summary><c>oncall gaps [--from TIME] [--to TIME]</c>: uncovered stretches; exit status 1 if there are any.</summary>
internal static class GapsCommand
{
    public static Command Create(string[] settings)
    {
        var from = new Option<string?>("--from") { Description = $"From when: {AskedTime.Takes}. Default: now." };
        var to = new Option<string?>("--to") { Description = "To when, exclusive; at most 400 days later. Default: 28 days after that." };
        var command = new Command("gaps", "Uncovered stretches; exit status 1 if there are any.") { from, to };
        command.SetAction((words, stop) => RunAsync(words, settings, words.GetValue(from), words.GetValue(to), stop));
        return command.Anywhere();
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, string? from, string? to, CancellationToken stop)
    {
        var start = from is null ? Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) : Read("--from", from);
        var end = to is null ? start + Asked.UsualWindow : Read("--to", to);
        AskedTime.CheckWindow(start, end);

        using var target = ITarget.Of(words, settings);
        var book = await target.BookAsync(stop);
        List<RotaGap> gaps = [.. book.Content.Rotas.SelectMany(rota => DutyTimeline.Between(book, rota, start, end).Gaps.Select(gap => RotaGap.Of(rota, gap)))];
        await Output.WriteAsync(
            words,
            gaps,
            gaps.Select(gap => $"{gap.Rota}: {gap.Missing} missing from {gap.Start} to {gap.End}"),
            gaps.Count == 0 ? null : () => Output.Table(["Rota", "From", "To", "Missing"], gaps.Select(gap => new[] { gap.Rota, gap.Start, gap.End, gap.Missing.ToString(CultureInfo.InvariantCulture) })));
        return gaps.Count > 0 ? 1 : 0;
    }

    private static Instant Read(string option, string text) =>
        AskedTime.Parse(text) ?? throw new OperatorException($"{option} takes {AskedTime.Takes}.");
}

/// <summary>A gap with its rota. Times are in the rota's zone.</summary>
/// <param name="End">Exclusive.</param>
internal sealed record RotaGap(string Rota, string Start, string End, int Missing)
{
    public static RotaGap Of(Rota rota, DutyGap gap) => new(rota.Id, AskedTime.Show(gap.Start, rota.Zone), AskedTime.Show(gap.End, rota.Zone), gap.Missing);
}
