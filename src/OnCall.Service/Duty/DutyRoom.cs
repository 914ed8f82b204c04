namespace OnCall.Service.Duty;

/// <summary>Who is on duty: the questions, answered from the book in memory.</summary>
internal static class DutyRoom
{
    public static void MapDuty(this IEndpointRouteBuilder app) => app.MapGroup("/api/v1").MapDutyQuestions();
}
