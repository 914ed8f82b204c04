using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;
using OnCall.Service.Access;
using OnCall.Service.OpenApi;
using OnCall.Service.Rotas;

namespace OnCall.Service.Escalation;

/// <summary><c>POST /enquiries/{ref or id}/close</c>, <c>/pass</c> and <c>/notes</c>. With an <c>Idempotency-Key</c> a repeat does nothing more.</summary>
internal static class WishEndpoints
{
    public static void MapWishes(this IEndpointRouteBuilder enquiries)
    {
        enquiries.MapPost("{key}/close", CloseAsync).RequireAuthorization(Roles.Coordinator)
            .Tell(EnquiryEndpoints.Tag, Note("closeEnquiry", "Closes an enquiry", "One that is closed stays so; nobody is rung for it any more."));
        enquiries.MapPost("{key}/pass", PassAsync).RequireAuthorization(Roles.Coordinator)
            .Tell(EnquiryEndpoints.Tag, Note("passEnquiry", "Passes an enquiry to another desk or to an adviser", "Name either a desk, whose policy begins with its first step, or an adviser, who is rung first."));
        enquiries.MapPost("{key}/notes", NoteAsync).RequireAuthorization(Roles.Coordinator)
            .Tell(EnquiryEndpoints.Tag, Note("noteEnquiry", "Writes a note into the record", "No names, no case detail."));
    }

    private static ApiNote Note(string id, string summary, string details) =>
        new(id, summary) { Details = details, Answer = new ApiContent.Of(typeof(EnquiryView)), Refusals = [409, 412, 415], IsIdempotent = true, HasTag = true, HeedsTagOf = "the enquiry" };

    private static Task<IResult> CloseAsync(string key, CloseRequest close, HttpContext http, EnquiryWishes wishes, CancellationToken stop)
    {
        var words = new SentWords();
        var outcome = words.Required("outcome", close.Outcome, SentWords.Short, "say how it ended: a topic, or a few words");
        var note = words.Optional("note", close.Note, SentWords.Long);
        return words.Refusal is { } refusal ? Task.FromResult(refusal) : wishes.DoAsync(
            key,
            http,
            _ => new EnquiryEvent.Close(NameOf(http), outcome, note),
            (after, _) => after.Stage is Stage.Closed ? null : "The officer is on the line and nobody has taken it yet: it cannot be closed now.",
            stop);
    }

    private static Task<IResult> NoteAsync(string key, NoteRequest note, HttpContext http, EnquiryWishes wishes, CancellationToken stop)
    {
        var words = new SentWords();
        var text = words.Required("note", note.Note, SentWords.Long, "say what is to stand in the record; no names, no case detail");
        return words.Refusal is { } refusal
            ? Task.FromResult(refusal)
            : wishes.DoAsync(key, http, request => new EnquiryEvent.NoteWritten(request, NameOf(http), text), (_, _) => null, stop);
    }

    private static Task<IResult> PassAsync(string key, PassRequest pass, HttpContext http, EnquiryWishes wishes, CurrentBook current, CancellationToken stop) =>
        TargetOf(pass, current.Book, out var wrong) is { } target
            ? wishes.DoAsync(
                key,
                http,
                request => new EnquiryEvent.PassedOn(request, NameOf(http), target),
                (after, request) => after.Requests.Contains(request) ? null : WhyNotPassed(after.Stage),
                stop)
            : Task.FromResult(Results.ValidationProblem(wrong));

    private static PassTarget? TargetOf(PassRequest pass, RotaBook book, out Dictionary<string, string[]> wrong)
    {
        wrong = (pass.Desk, pass.Adviser) switch
        {
            (null, null) or (not null, not null) => new() { ["desk"] = ["Name either a desk or an adviser."] },
            ({ } desk, _) when !book.Desks.ContainsKey(desk) => new() { ["desk"] = [$"There is no such desk; the desks are {string.Join(", ", book.Content.Desks.Select(other => other.Id))}."] },
            (_, { } adviser) when !book.Advisers.ContainsKey(adviser) => new() { ["adviser"] = ["There is no adviser with this id."] },
            _ => [],
        };
        return wrong.Count > 0 ? null : pass.Desk is not null ? new PassTarget.Desk(pass.Desk) : new PassTarget.Adviser(pass.Adviser!);
    }

    private static string WhyNotPassed(Stage stage) => stage switch
    {
        Stage.Menu => "The officer is still at the menu. Pass it on when the desk is chosen.",
        Stage.Accepted => "An adviser is on the line with the officer, or on the way to it. Ask the adviser to end the call first, or to pass the officer on by word of mouth.",
        Stage.Closed => "It is closed. Write a note, or ask the officer to call again.",
        _ => "It has changed meanwhile. Look at it again, and pass it on if that is still wanted.",
    };

    private static string NameOf(HttpContext http) => Caller.ShownNameOf(http.User);

    /// <param name="Outcome">How it ended: a topic, or a few words; at most 200 characters.</param>
    /// <param name="Note">Kept in the record; no names, no case detail; at most 2,000 characters.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record CloseRequest([property: Required, MaxLength(SentWords.Short)] string? Outcome = null, [property: MaxLength(SentWords.Long)] string? Note = null);

    /// <param name="Note">Kept in the record; no names, no case detail; at most 2,000 characters.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record NoteRequest([property: Required, MaxLength(SentWords.Long)] string? Note = null);

    /// <param name="Desk">The desk whose policy begins with its first step.</param>
    /// <param name="Adviser">The adviser who is rung first; after that the desk's policy begins.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record PassRequest(string? Desk = null, string? Adviser = null);
}
