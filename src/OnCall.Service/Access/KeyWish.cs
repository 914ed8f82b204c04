using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Service.Access;

/// <summary>An API key that is to be made.</summary>
/// <param name="Name">What <see cref="KeyName"/> takes.</param>
/// <param name="Role">One of <see cref="Roles.All"/>.</param>
internal sealed record KeyWish(string Name, string Role)
{
    /// <summary>The desks to which a coordinator's key is limited; null = it is not.</summary>
    public IReadOnlyList<string>? Desks { get; init; }

    /// <summary>From then on it is refused; null = never.</summary>
    public Instant? Expiry { get; init; }

    /// <summary>What is wrong with the desks; null = nothing.</summary>
    public string? WrongDesks(RotaBook book) => Desks switch
    {
        null => null,
        _ when Role != Roles.Coordinator => "only a coordinator's key is limited to desks.",
        [] => "name at least one desk, or leave them out: then the key is limited to none.",
        _ when Desks.FirstOrDefault(desk => !book.Desks.ContainsKey(desk)) is { } unknown => WhyUnknown(unknown, book),
        _ => null,
    };

    private static string WhyUnknown(string desk, RotaBook book) => book.Desks.Count == 0
        ? "there is no desk yet; import a rota document first."
        : $"there is no desk {desk}; the desks are {string.Join(", ", book.Content.Desks.Select(other => other.Id))}.";
}
