using NodaTime;

namespace OnCall.Core.Rotas;

/// <summary>One way in which duty is shared out, for a while or only at certain times.</summary>
/// <param name="Name">Unique in its rota.</param>
/// <param name="From">From when the layer counts, inclusive; null = always did.</param>
/// <param name="Until">Until when the layer counts, exclusive; null = without end.</param>
/// <param name="Only">The layer counts inside any of these windows; empty = at all times.</param>
/// <param name="Duty">Who is on duty in it.</param>
public sealed record Layer(string Name, Instant? From, Instant? Until, ValueList<DutyWindow> Only, LayerDuty Duty);

/// <summary>Who is on duty in a layer: a <see cref="Rotation"/>, a <see cref="ShiftPattern"/> or <see cref="DatedShifts"/>.</summary>
public abstract record LayerDuty
{
    private protected LayerDuty()
    {
    }
}
