using System.CommandLine;
using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;
using OnCall.Service.Duty;
using OnCall.Service.Ops;
using OnCall.Service.Tools;

namespace OnCall.Service.Escalation;

/// <summary><c>oncall plan LINE [--at TIME] [--key K]</c>: what a call would do and why.</summary>
internal static class PlanCommand
{
    public static Command Create(string[] settings)
    {
        var line = new Argument<string>("LINE") { Description = "The number that is called, for example +442079460101." };
        var at = new Option<string?>("--at") { Description = $"When: {AskedTime.Takes}. Default: now." };
        var key = new Option<string?>("--key") { Description = "The key of the line's menu. Default: none is pressed." };
        var command = new Command("plan", "What a call to a line would do if nobody answered, step by step, and why.") { line, at, key };
        command.SetAction((words, stop) => RunAsync(words, settings, words.GetValue(line)!, words.GetValue(at), words.GetValue(key), stop));
        return command.Anywhere();
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, string number, string? at, string? key, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        var now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        var book = await target.BookAsync(stop);
        var instant = at is null ? now : AskedTime.Parse("--at", at, book.Zone ?? DateTimeZone.Utc);
        book = instant < now ? await target.BookAsync(instant, stop) : book;
        var line = book.LineOf(number) ?? throw new OperatorException($"No line has the number {number}; the lines are {string.Join(", ", book.Content.Lines.Select(other => other.Number))}.");
        if (!PlanAnswer.HasKey(line, key))
        {
            throw new OperatorException($"--key: {PlanAnswer.KeysOf(line)}.");
        }

        var plan = CallPlan.Of(book, line, key, instant);
        await Output.WriteAsync(
            words,
            PlanAnswer.Of(plan, instant, book.Zone ?? DateTimeZone.Utc),
            Sentences(book, plan, instant),
            () => Output.Table(["Round", "Step", "After", "For", "Who", "Why"], plan.Steps.SelectMany(Rows), Heading(book, plan, instant), AfterAll(plan)));
        return 0;
    }

    private static string Heading(RotaBook book, CallPlan plan, Instant at) =>
        $"{plan.Line.Name} ({plan.Line.Number}), {AskedTime.Tell(at, book.Zone ?? DateTimeZone.Utc)}: desk {plan.Desk ?? "none"}, {EnquirySql.Word(plan.Priority)}, policy {plan.Policy.Id}";

    private static IEnumerable<string> Sentences(RotaBook book, CallPlan plan, Instant at)
    {
        yield return Heading(book, plan, at);
        foreach (var step in plan.Steps)
        {
            var people = step.Advisers.Select(candidate => $"{candidate.Adviser.Name} ({candidate.Adviser.Id}; {candidate.Source})");
            yield return $"  round {step.Round}, step {step.Step}, after {step.After.TotalSeconds} s: "
                + (step.Advisers.Count == 0 ? "NOBODY, and the next step comes at once" : $"{string.Join(", ", people)}, for {step.Ring.TotalSeconds} s");
        }

        yield return $"  {AfterAll(plan)}";
    }

    /// <summary>A row for each person; what they share stands in the first.</summary>
    private static IEnumerable<string[]> Rows(PlannedStep step)
    {
        string[] shared = [$"{step.Round}", $"{step.Step}", $"{step.After.TotalSeconds} s", $"{step.Ring.TotalSeconds} s"];
        return step.Advisers.Count == 0
            ? [[.. shared[..3], "", "NOBODY", "the next step comes at once"]]
            : step.Advisers.Select((candidate, place) => (string[])[.. place == 0 ? shared : ["", "", "", ""], $"{candidate.Adviser.Name} ({candidate.Adviser.Id})", candidate.Source]);
    }

    private static string AfterAll(CallPlan plan) =>
        $"after {plan.Ends.TotalSeconds} s: the officer {(plan.Then == AfterRounds.Voicemail ? "is asked for a message" : "is promised a call back")}; "
            + $"the last step that has somebody is paged again after {string.Join(", ", plan.Policy.Chase.Select(wait => $"{wait.TotalMinutes} min"))}, the last wait repeating, until somebody takes it";
}
