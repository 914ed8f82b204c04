using System.CommandLine;
using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Service.Ops;
using OnCall.Service.Tools;

namespace OnCall.Service.Duty;

/// <summary><c>oncall who [--desk ID] [--at TIME]</c>: who is on duty.</summary>
internal static class WhoCommand
{
    public static Command Create(string[] settings)
    {
        var desk = new Option<string?>("--desk") { Description = "Only the rotas that the desk's policy names." };
        var at = new Option<string?>("--at") { Description = $"When: {AskedTime.Takes}, or without the offset in each rota's zone. Default: now." };
        var command = new Command("who", "Who is on duty.") { desk, at };
        command.SetAction((words, stop) => RunAsync(words, settings, words.GetValue(desk), words.GetValue(at), stop));
        return command.Anywhere();
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, string? desk, string? at, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        var book = await target.BookAsync(stop);
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        if (at is not null && AskedTime.Parse("--at", at, book.Zone ?? DateTimeZone.Utc) is var instant && instant < now)
        {
            book = await target.BookAsync(instant, stop);
        }

        var duties = RotasOf(book, desk).Select(rota => (Rota: rota, Answer: OnDutyAnswer.At(book, rota, at is null ? now : AskedTime.Parse("--at", at, rota.Zone)))).ToList();
        await Output.WriteAsync(
            words,
            duties.Select(duty => duty.Answer),
            duties.Select(duty => Sentence(duty.Rota, duty.Answer)),
            () => Output.Table(["Rota", "On duty", "Until", "Why"], duties.SelectMany(duty => Rows(duty.Rota, duty.Answer))));
        return 0;
    }

    private static string Sentence(Rota rota, OnDutyAnswer duty)
    {
        var people = duty.Advisers.Select(on => $"{on.Name} ({on.Id}{(Until(rota, on) is { } until ? $", until {until}" : "")}; {on.Reason})").ToList();
        return $"{rota.Name} ({rota.Id}): {(people.Count == 0 ? "NOBODY" : string.Join(", ", people))}";
    }

    private static IEnumerable<string[]> Rows(Rota rota, OnDutyAnswer duty) => duty.Advisers
        .Select(on => new[] { rota.Name, $"{on.Name} ({on.Id})", Until(rota, on) ?? "", on.Reason }).DefaultIfEmpty([rota.Name, "NOBODY", "", ""]);

    private static string? Until(Rota rota, PersonOnDuty on) => on.Until is { } until ? AskedTime.Tell(AskedTime.Parse(until)!.Value, rota.Zone) : null;

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
