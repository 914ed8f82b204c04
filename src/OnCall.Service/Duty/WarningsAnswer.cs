using System.Text.Json;
using OnCall.Core.Duty.Checks;
using OnCall.Service.Access;
using OnCall.Service.OpenApi;
using OnCall.Service.Rotas;

namespace OnCall.Service.Duty;

/// <summary><c>GET /warnings</c>: what the book in force probably does not mean, with the calls that people on call took.</summary>
/// <param name="Counted">What counts as working time.</param>
internal sealed record WarningsAnswer(IEnumerable<WarningAnswer> Warnings, string Counted)
{
    public static void MapWarnings(IEndpointRouteBuilder api) => api.MapGet("/warnings", AnswerAsync).RequireAuthorization(Roles.Reader)
        .Tell("Duty", new ApiNote("getWarnings", "What the book probably does not mean: gaps, double bookings, too little rest") { Answer = new ApiContent.Of(typeof(WarningsAnswer)) });

    public static WarningsAnswer Of(IEnumerable<DutyFinding> findings) => new([.. findings.Select(WarningAnswer.Of)], DutyCheck.Counted);

    private static async Task<IResult> AnswerAsync(CurrentBook current, BookFindings findings, CancellationToken stop) =>
        TypedResults.Ok(Of(await findings.OfAsync(current.Book, stop)));
}

/// <param name="Rule"><c>gap</c>, <c>two-steps-at-once</c>, …</param>
/// <param name="Concerns">The id of an adviser or a rota, or a line's number.</param>
/// <param name="Start">Of the first stretch.</param>
/// <param name="End">Of the first stretch, exclusive.</param>
/// <param name="Times">How many stretches there are.</param>
/// <param name="Until">Until when was looked.</param>
internal sealed record WarningAnswer(string Rule, string Concerns, string Sentence, string Start, string End, int Times, string Until)
{
    public static WarningAnswer Of(DutyFinding finding) => new(
        JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Rule.ToString()),
        finding.Concerns,
        finding.Sentence,
        AskedTime.Show(finding.Start, finding.Zone),
        AskedTime.Show(finding.End, finding.Zone),
        finding.Times,
        AskedTime.Show(finding.Until, finding.Zone));
}
