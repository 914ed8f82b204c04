using System.Xml;
using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;
using OnCall.Service.Access;
using OnCall.Service.Duty;
using OnCall.Service.OpenApi;
using OnCall.Service.Rotas;

namespace OnCall.Service.Escalation;

/// <summary>What a call to a line would do, over the API: <c>GET /lines/{number}/plan?at=&amp;key=</c>. Waits are ISO 8601, counted from the moment when the desk is chosen.</summary>
/// <param name="At">The instant that was asked about, in the zone of the book.</param>
/// <param name="Ends">When the officer is told that nobody could take the call.</param>
/// <param name="Then">callback or voicemail.</param>
/// <param name="Chase">The waits from then on, the last one repeating.</param>
internal sealed record PlanAnswer(
    string Line, string At, string? Desk, string Priority, string Policy, IEnumerable<PlannedStepAnswer> Steps, string Ends, string Then, IEnumerable<string> Chase)
{
    public static void MapPlan(IEndpointRouteBuilder app) => app.MapGet("/api/v1/lines/{number}/plan", AnswerAsync).RequireAuthorization(Roles.Reader)
        .Tell("Duty", new ApiNote("getPlan", "What a call to a line would do, step by step, with every adviser and the reason")
        {
            Details = "The past is told by the revision that was in force then.",
            Answer = new ApiContent.Of(typeof(PlanAnswer)),
        });

    public static PlanAnswer Of(CallPlan plan, Instant at, DateTimeZone zone) => new(
        plan.Line.Number.Value,
        AskedTime.Show(at, zone),
        plan.Desk,
        EnquirySql.Word(plan.Priority),
        plan.Policy.Id,
        plan.Steps.Select(step => new PlannedStepAnswer(
            step.Round, step.Step, Iso(step.After), Iso(step.Ring), step.Advisers.Select(candidate => new PlannedAdviser(candidate.Adviser.Id, candidate.Adviser.Name, candidate.Source)))),
        Iso(plan.Ends),
        EnquirySql.Word(plan.Then),
        plan.Policy.Chase.Select(Iso));

    /// <summary>The keys of a line, for whoever gave one that it lacks.</summary>
    public static string KeysOf(Line line) => line.Menu.Count == 0 ? "the line has no menu" : $"the line's keys are {string.Join(", ", line.Menu.Select(entry => entry.Key))}";

    public static bool HasKey(Line line, string? key) => key is null || line.Menu.Any(entry => entry.Key == key);

    private static async Task<IResult> AnswerAsync(BookStore store, TimeProvider time, string number, CancellationToken stop, string? at = null, string? key = null)
    {
        var asked = new Asked(time);
        var instant = asked.Time("at", at, asked.Now);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var book = await store.LoadDecidingAsync(instant, asked.Now, stop);
        if (book.LineOf(number.StartsWith('+') ? number : $"+{number.Trim()}") is not { } line)
        {
            return TypedResults.Problem("No line has this number.", statusCode: StatusCodes.Status404NotFound);
        }

        key = Asked.Said(key);
        if (!HasKey(line, key))
        {
            asked.Wrong("key", $"key: {KeysOf(line)}.");
        }

        return asked.Refusal ?? TypedResults.Ok(Of(CallPlan.Of(book, line, key, instant), instant, book.Zone ?? DateTimeZone.Utc));
    }

    private static string Iso(Duration duration) => XmlConvert.ToString(duration.ToTimeSpan());
}

/// <param name="Advisers">Empty = nobody is rung, and the step takes no time.</param>
internal sealed record PlannedStepAnswer(int Round, int Step, string After, string Ring, IEnumerable<PlannedAdviser> Advisers);

/// <param name="Reason">The rota with its layer or override, or that the policy names the adviser.</param>
internal sealed record PlannedAdviser(string Id, string Name, string Reason);
