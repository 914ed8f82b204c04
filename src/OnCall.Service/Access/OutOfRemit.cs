using NodaTime;
using OnCall.Core;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Core.Schedule;

namespace OnCall.Service.Access;

/// <summary>Why a change is refused to somebody whose key or token names desks.</summary>
/// <param name="Needs">What lies outside, and whose it is: a sentence each.</param>
internal sealed record OutOfRemit(Remit Remit, ValueList<string> Needs)
{
    /// <summary>Why a rota or an adviser may not be touched; null = it may.</summary>
    /// <param name="remit">Null = nothing is limited.</param>
    public static OutOfRemit? Of(Remit? remit, RotaBook book, BookItem item, Instant now) => remit?.WhyNot(book, item, now) is { } why ? new OutOfRemit(remit, [why]) : null;

    /// <summary>403 with the desks that there are, and what it would have taken.</summary>
    public IResult Answer() => TypedResults.Problem(
        $"{(Remit.Desks.Count == 0 ? "Your key or token names desks, none of which is here" : $"Your key or token is limited to {string.Join(", ", Remit.Desks)}")}; nothing was changed. "
        + "`needs` says to which desks this belongs: it takes one of them, or a key without desks.",
        statusCode: StatusCodes.Status403Forbidden,
        extensions: new Dictionary<string, object?> { ["desks"] = Remit.Desks, ["needs"] = Needs });
}
