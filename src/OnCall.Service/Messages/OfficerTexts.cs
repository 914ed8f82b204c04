using NodaTime.Extensions;
using OnCall.Core.Escalation;
using OnCall.Core.Messages;
using OnCall.Core.People;
using OnCall.Service.Escalation;
using OnCall.Service.Rotas;

namespace OnCall.Service.Messages;

/// <summary>What an officer writes: it goes on with the officer's open enquiry, or opens one. The receipt is a text of its own, stored with the enquiry.</summary>
internal sealed class OfficerTexts(Enquiries enquiries, WordsStore words, CurrentBook book, TimeProvider time)
{
    /// <param name="line">The line's number for calls.</param>
    public async Task ReceivedAsync(PhoneNumber line, PhoneNumber from, string message, string body, CancellationToken stop)
    {
        await words.KeepAsync(message, body, time.GetCurrentInstant(), stop);
        if (!await GoesOnAsync(line, from, message, body, stop))
        {
            await enquiries.OpenByTextAsync(line, from, message, body, AsksForCall(body), stop);
        }
    }

    /// <summary>Whether the officer has an open enquiry, and the text was for it.</summary>
    public async Task<bool> GoesOnAsync(PhoneNumber line, PhoneNumber from, string message, string body, CancellationToken stop)
    {
        if (await enquiries.FindToTextAsync(line, from, message) is not { } open)
        {
            return false;
        }

        await words.KeepAsync(message, body, time.GetCurrentInstant(), stop);
        return await enquiries.HappenedAsync(open.Id, Told(open, message, body)) is { } after && after.Heard.Contains(message);
    }

    /// <summary>Somebody in doubt may have answered what was asked.</summary>
    private EnquiryEvent.OfficerTexted Told(Enquiry open, string message, string body)
    {
        var roster = new Roster(book.Book);
        var said = open.Doubted ? SaidWho.Read(body, roster.Menu(open), roster.Forces) : null;
        return new EnquiryEvent.OfficerTexted(message, body.Length, AsksForCall(body), said?.Entry?.Key, said?.Force?.Id);
    }

    private bool AsksForCall(string body) => new ReplyReader(book.Book.Content.Desks, book.Book.Topics).AsksForCall(body);
}
