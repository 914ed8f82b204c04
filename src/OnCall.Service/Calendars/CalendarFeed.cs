using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Rotas;
using OnCall.Service.Rotas;

namespace OnCall.Service.Calendars;

/// <summary><c>GET /calendars/{secret}.ics</c>, as calendar programs ask for it every hour or so.</summary>
internal sealed class CalendarFeed(CalendarStore calendars, BookStore books, KnownDuty duty, CurrentBook current, TimeProvider time)
{
    /// <summary>To be raised when the same book is written in another way.</summary>
    private const int Format = 1;

    public async Task<IResult> AnswerAsync(HttpContext http, string secret, CancellationToken stop)
    {
        if (await calendars.FindAsync(secret, stop) is not { } subject)
        {
            return TypedResults.NotFound();
        }

        var book = current.Book;
        var window = CalendarWindow.At(time.GetCurrentInstant());
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{Format}-{book.Revision}.{book.PublishedAt?.ToUnixTimeTicks()}-{window.From.ToUnixTimeSeconds()}-{window.To.ToUnixTimeSeconds()}\""));
        var headers = http.Response.GetTypedHeaders();
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        headers.ETag = tag;
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Text(await TextAsync(subject, book, window, stop), "text/calendar", Encoding.UTF8);
    }

    private async Task<string> TextAsync(CalendarSubject subject, RotaBook book, CalendarWindow window, CancellationToken stop)
    {
        var published = await books.ListPublishedAsync(window.From, book.Revision, stop);
        var entries = new CalendarEntries(await duty.PiecesAsync(published, book, window, stop));
        return CalendarText.Write(entries.NameOf(subject), entries.Of(subject, window.From), book.Revision, published.Count > 0 ? published[^1].At : NodaConstants.UnixEpoch);
    }
}
