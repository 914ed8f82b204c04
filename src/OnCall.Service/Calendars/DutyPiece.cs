using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;

namespace OnCall.Service.Calendars;

/// <summary>What a book decided while it was in force: duty by rota, and the names that it had for rotas and advisers. Small enough to be kept when the book is not.</summary>
/// <param name="Duty">By the rota's id.</param>
internal sealed record DutyPiece(
    IReadOnlyDictionary<string, RotaDuty> Duty, IReadOnlyDictionary<string, string> Advisers)
{
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    public static DutyPiece Of(RotaBook book, Instant from, Instant to) => new(
        book.Rotas.Values.ToDictionary(rota => rota.Id, rota => new RotaDuty(rota.Name, rota.Cover, DutyTimeline.Between(book, rota, from, to))),
        book.Advisers.Values.ToDictionary(adviser => adviser.Id, adviser => adviser.Name));
}

/// <summary>The duty of one rota.</summary>
/// <param name="Name">The rota's.</param>
internal sealed record RotaDuty(string Name, int Cover, DutyPeriods Periods);
