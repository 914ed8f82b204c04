using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Service.Calls;
using OnCall.Service.Ops;
using OnCall.Service.Twilio;

namespace OnCall.Service.Schedule;

/// <summary>
/// Keeps the static document for Twilio's fallback address at who is on duty, where <c>OnCall:FallbackExport</c> says where it lies. Each node writes what it has
/// not written itself: one that is killed before it writes is made good by the next look of any other. Who has looked into the database writes it each time, since a node that is
/// cut off from it may have written one of an older book.
/// </summary>
internal sealed partial class FallbackExport(OnCallSettings settings, IHttpClientFactory http, ILogger<FallbackExport> log)
{
    private string? _written;

    /// <param name="book">The book in force.</param>
    /// <param name="isSure">It is, by the database; false = by what this node remembers.</param>
    /// <returns>False = it could not be written, and is to be tried again.</returns>
    public async Task<bool> RunAsync(RotaBook book, bool isSure, Instant now, CancellationToken stop)
    {
        if (settings.FallbackExport is not { } target)
        {
            return true;
        }

        var phones = FallbackPhones.At(book, settings.AllowedDestinations, now);
        var document = FallbackTwiml.Document(phones, FallbackPhones.Languages(book));
        var isAnother = document != _written;
        if (!isAnother && !isSure)
        {
            return true;
        }

        if (phones.Count == 0)
        {
            LogNobody();
            return true;
        }

        using var client = http.CreateClient(nameof(FallbackExport));
        if (await target.WriteAsync(document, client, stop) is { } problem)
        {
            LogFailed(problem);
            return false;
        }

        _written = document;
        if (isAnother)
        {
            LogWritten(phones.Count);
        }

        return true;
    }

    [LoggerMessage(EventId = 6011, Level = LogLevel.Information, Message = "The fallback document was written; it rings {Count} phones")]
    private partial void LogWritten(int count);

    [LoggerMessage(EventId = 6012, Level = LogLevel.Error, Message = "OnCall:FallbackExport: {Problem}; it is tried again in some seconds, and until then the fallback rings who was on duty before")]
    private partial void LogFailed(string problem);

    [LoggerMessage(EventId = 6013, Level = LogLevel.Warning, Message = "Nobody is on duty in any desk's policy: the fallback document stays as it is")]
    private partial void LogNobody();
}
