using System.CommandLine;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Duty;

/// <summary><c>oncall who [--desk ID] [--at TIME]</c>: who is on duty.</summary>
internal static class WhoCommand
{
    public static Command Create(string[] settings)
    {
        var desk = new Option<string?>("--desk") { Description = "Only the rotas that the desk's policy names." };
        var at = new Option<string?>("--at") { Description = $"When: {AskedTime.Takes}, or without the offset in each rota's zone. Default: now." };
        var command = new Command("who", "Who is on duty.") { desk, at };
        command.SetAction((words, stop) => RunAsync(settings, words.GetValue(desk), words.GetValue(at), stop));
        return command;
    }

    private static async Task<int> RunAsync(string[] settings, string? desk, string? at, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var book = await host.Services.GetRequiredService<BookStore>().LoadAsync(stop);
        var now = Instant.FromDateTimeOffset(host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        foreach (var rota in RotasOf(book, desk))
        {
            var instant = at is null ? now : AskedTime.Parse("--at", at, rota.Zone);
            await Console.Out.WriteLineAsync(Sentence(book, rota, instant));
        }

        return 0;
    }

    private static string Sentence(RotaBook book, Rota rota, Instant at)
    {
        var duty = DutyTimeline.At(book, rota, at);
        var people = duty.Advisers.Select(on => $"{on.Adviser.Name} ({on.Id}{(on.Until is { } until ? $", until {AskedTime.Tell(until, rota.Zone)}" : "")}; {on.Reason})");
        return $"{rota.Name} ({rota.Id}): {(duty.Advisers.Count == 0 ? "NOBODY" : string.Join(", ", people))}";
    }

    private static IEnumerable<Rota> RotasOf(RotaBook book, string? desk)
    {
        if (desk is null)
        {
            return book.Content.Rotas;
        }

        if (!book.Desks.TryGetValue(desk, out var known))
        {
            throw new OperatorException($"There is no desk {desk}; the desks are {string.Join(", ", book.Content.Desks.Select(other => other.Id))}.");
        }

        return book.Policies[known.Policy].Steps.SelectMany(step => step.Notify).OfType<NotifyTarget.Rota>()
            .Select(target => target.Id).Distinct().Select(id => book.Rotas[id]);
    }
}
