using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Service.Ops;

namespace OnCall.Service.Calls;

/// <summary>Whom the static document for Twilio's fallback address rings, and in which languages it speaks.</summary>
internal static class FallbackPhones
{
    /// <summary>The phones of the first line's default desk come first; so many are rung before the message: an officer holds no longer.</summary>
    private const int MostPhones = 8;

    /// <summary>Who would be rung at an instant and may be called, the desks and their steps in the order of the document.</summary>
    public static IReadOnlyList<PhoneNumber> At(RotaBook book, AllowedDestinations allowed, Instant at)
    {
        var desks = book.Content.Lines.Select(line => line.Default).Concat(book.Content.Desks.Select(desk => desk.Id)).Distinct();
        return [.. desks.SelectMany(desk => book.Policies[book.Desks[desk].Policy].Steps).SelectMany(step => step.Notify)
            .SelectMany(target => OnDuty(book, target, at)).Select(adviser => adviser.Phone).Where(phone => allowed.Allows(phone.Value)).Distinct().Take(MostPhones)];
    }

    /// <summary>In which languages the document speaks: those of the lines, in their order; English where there is no line.</summary>
    public static IReadOnlyList<Language> Languages(RotaBook book) => [.. book.Content.Lines.Select(line => line.Language).DefaultIfEmpty().Distinct()];

    private static IEnumerable<Adviser> OnDuty(RotaBook book, NotifyTarget target, Instant at) => target switch
    {
        NotifyTarget.Rota rota => DutyTimeline.Who(book, book.Rotas[rota.Id], at).Select(on => on.Adviser),
        NotifyTarget.Adviser adviser when !DutyTimeline.IsAway(book, adviser.Id, at) => [book.Advisers[adviser.Id]],
        _ => [],
    };
}
