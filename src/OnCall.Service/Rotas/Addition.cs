using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Access;
using OnCall.Service.Duty;

namespace OnCall.Service.Rotas;

/// <summary>
/// Something that a POST adds to a list of the book. Its id is the one that was sent, or one made of the <c>Idempotency-Key</c>, so that a repeat finds it there, or the next free number.
/// </summary>
internal sealed class Addition
{
    private readonly DraftNode.Map _body;
    private readonly string? _name;

    public Addition(HttpContext http, DraftNode.Map body, TimeProvider time)
    {
        _body = body;
        Condition = new Precondition(http);
        var asked = new Asked(time);
        _name = RequestName.Of(http, asked);
        Condition.Check(asked);
        Refusal = asked.Refusal;
    }

    public string Id { get; private set; } = "";

    public Precondition Condition { get; }

    public DraftNode.Map Item => SentItem.WithId(_body, Id);

    /// <summary>Why it may not be added; null = it may, or it is there already by the same request.</summary>
    public IResult? Refusal { get; private set; }

    /// <summary>Gives it its id, and says whether that is among those that are there.</summary>
    public bool NameAmong(IEnumerable<string?> ids)
    {
        var there = ids.ToList();
        Id = SentItem.IdIn(_body) ?? (_name is null ? SentItem.NextId(there) : RequestName.ToId(_name));
        return there.Contains(Id);
    }

    /// <summary>Whether it is to be published.</summary>
    /// <param name="rota">The rota to which it is added, which the sender may have read; null = to none, but to the book.</param>
    /// <param name="again">The document in which it takes the place of the one with its id: where that changes nothing, the request is a repeat.</param>
    public bool Judge(bool isThere, DraftNode? rota, Draft again, BookContent content)
    {
        if (isThere && Refusal is null && (_name is null || !SaysWhatIsThere(again, content)))
        {
            Refusal = TypedResults.Problem(
                _name is null ? "There is one with this id already; leave the id out, and a new one is given." : "This Idempotency-Key has been used for something else; take a new one.",
                statusCode: StatusCodes.Status409Conflict);
        }
        else if (!isThere && rota is not null && Refusal is null && !Condition.IsSeen(Resource.TagOf(rota)))
        {
            Refusal = Precondition.Stale("the rota", Resource.Json(rota));
        }

        return !isThere && Refusal is null;
    }

    private static bool SaysWhatIsThere(Draft draft, BookContent content) =>
        RotaCheck.Check([draft], content, prune: false).Content is { } same && BookChanges.Between(content, same).Count == 0;
}
