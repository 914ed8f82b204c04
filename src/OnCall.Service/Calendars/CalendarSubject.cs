using OnCall.Core.Rotas;

namespace OnCall.Service.Calendars;

/// <summary>Whose duty a calendar shows.</summary>
internal abstract record CalendarSubject(string Id)
{
    /// <summary>Everybody's duty in one rota.</summary>
    public sealed record OfRota(string Id) : CalendarSubject(Id);

    /// <summary>One adviser's duty in all rotas.</summary>
    public sealed record OfAdviser(string Id) : CalendarSubject(Id);

    /// <summary>As it is stored.</summary>
    public string Kind => this is OfRota ? "rota" : "adviser";

    public bool IsIn(RotaBook book) => this is OfRota ? book.Rotas.ContainsKey(Id) : book.Advisers.ContainsKey(Id);

    public static CalendarSubject Of(string kind, string id) => kind == "rota" ? new OfRota(id) : new OfAdviser(id);
}
