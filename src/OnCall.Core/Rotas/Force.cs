using OnCall.Core.People;

namespace OnCall.Core.Rotas;

/// <summary>A police force: how a caller's number is told apart, and who its regional contact is.</summary>
/// <param name="Numbers">Numbers, or beginnings of numbers, that are listed for it; over all forces the longest that fits wins.</param>
/// <param name="Contact">A rota or an adviser; null = it has no contact, and a step that asks for one has nobody there.</param>
/// <param name="Shared">Switchboards: numbers behind which more than one officer calls.</param>
/// <param name="Language">In which its officers are spoken and written to; null = in the line's.</param>
public sealed record Force(
    string Id,
    string Name,
    string? Nation,
    string? Region,
    ValueList<NumberPattern> Numbers,
    NotifyTarget? Contact,
    ValueList<PhoneNumber> Shared,
    Language? Language = null);
