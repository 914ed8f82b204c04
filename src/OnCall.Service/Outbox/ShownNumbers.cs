using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.People;
using OnCall.Service.Rotas;

namespace OnCall.Service.Outbox;

/// <summary>
/// From which number people are called: the line's; and while Twilio refuses to call from that, as one that is not the account's or is blocked
/// (https://www.twilio.com/docs/api/errors/21210), another line's. Each node finds it out by itself.
/// </summary>
internal sealed class ShownNumbers(CurrentBook book, TimeProvider time)
{
    private static readonly Duration RefusedFor = Duration.FromMinutes(10);

    private readonly ConcurrentDictionary<PhoneNumber, Instant> _refusedUntil = new();

    /// <summary>The number to call from; where all are refused, the line's.</summary>
    public PhoneNumber For(PhoneNumber line) =>
        book.Book.Content.Lines.Select(other => other.Number).Prepend(line).FirstOrDefault(number => !IsRefused(number)) ?? line;

    /// <summary>Twilio does not call from a number.</summary>
    /// <returns>Another to call from; null = there is none.</returns>
    public PhoneNumber? After(PhoneNumber refused)
    {
        _refusedUntil[refused] = time.GetCurrentInstant() + RefusedFor;
        return For(refused) is var other && other != refused ? other : null;
    }

    private bool IsRefused(PhoneNumber number) => _refusedUntil.GetValueOrDefault(number) > time.GetCurrentInstant();
}
