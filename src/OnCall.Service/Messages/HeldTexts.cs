using Microsoft.Extensions.Caching.Memory;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.People;
using OnCall.Service.Chain;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Messages;

/// <summary>Keeps in the journal what cannot be handled now: Twilio asks once for a text, and its sender believes that it arrived.</summary>
internal sealed partial class HeldTexts(Journal journal, CurrentBook book, OnCallSettings settings, TimeProvider time, ILogger<HeldTexts> log) : IDisposable
{
    private const int MostTold = 20_000;

    /// <summary>So long a sender hears no second time that texts wait: two machines that answer each other come to an end.</summary>
    private static readonly TimeSpan NotAgain = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _told = new(new MemoryCacheOptions { SizeLimit = MostTold });

    /// <summary>Keeps a webhook; it is on the disk when this returns.</summary>
    public void Keep(HeldText text, Exception why)
    {
        LogHeld(text.Kind, why);
        journal.Append(new JournalEntry(time.GetCurrentInstant(), null, [], Text: text));
    }

    /// <summary>What the sender of a text that was kept is told.</summary>
    /// <returns>Null = nothing: it was told a moment ago, or may not be texted.</returns>
    public string? Receipt(PhoneNumber from, PhoneNumber line)
    {
        if (!from.CanBeTexted || !settings.AllowedDestinations.Allows(from.Value) || _told.TryGetValue(from.Value, out _))
        {
            return null;
        }

        _told.Set(from.Value, true, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = NotAgain });
        var to = book.Book.LanguageOf(line, from);
        return book.Book.AdviserOf(from) is null ? Phrases.OfficersTextWaits(to, line) : Phrases.AdvisersTextWaits(to);
    }

    public void Dispose() => _told.Dispose();

    [LoggerMessage(EventId = 5041, Level = LogLevel.Error, Message = "A webhook about a text ({Kind}) could not be handled; it is in the journal, and handled as soon as the database answers")]
    private partial void LogHeld(TextTold kind, Exception why);
}
