using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Schedule;

/// <summary>A change of who is on duty in a rota.</summary>
/// <param name="Rota">As it is from the change on.</param>
/// <param name="At">The first instant at which <paramref name="After"/> are on duty.</param>
/// <param name="Before">Who was on duty until then: ids, sorted; empty = nobody.</param>
/// <param name="After">Who is on duty from then on: ids, sorted; empty = nobody.</param>
public sealed record Handover(Rota Rota, Instant At, ValueList<string> Before, ValueList<string> After)
{
    public ValueList<string> Outgoing => Before.Except(After).ToValueList();

    public ValueList<string> Incoming => After.Except(Before).ToValueList();
}
