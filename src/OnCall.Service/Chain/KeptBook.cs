using System.Security.Cryptography;
using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Chain;

/// <summary>
/// The last good book, on this machine's disk: a service that is started while the database is away leads calls on by it. Encrypted, as names and numbers stand
/// in it; written whole beside the old one and then put in its place, so that a crash leaves one or the other.
/// </summary>
internal sealed class KeptBook(OnCallSettings settings, TwilioSettings twilio)
{
    private readonly TokenCipher _cipher = new(twilio, "oncall book 1");
    private readonly string _path = Path.Combine(settings.JournalFolder, "book", "last");

    /// <summary>Null = there is none, or none that can be read: it is damaged, or of another account.</summary>
    /// <exception cref="InvalidOperationException">It does not pass this version's check.</exception>
    public RotaBook? Read() => Kept() is { } kept ? BookStore.Book(kept.Revision, kept.PublishedAt, kept.Document) : null;

    /// <exception cref="IOException">The disk does not take it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not ours to write.</exception>
    public Task WriteAsync(RotaBook book)
    {
        var content = _cipher.Write(new KeptRevision(book.Revision, BookStore.Document(book), book.OfNewer.Count == 0 ? book.PublishedAt : null), _ => RandomNumberGenerator.GetBytes(TokenCipher.Nonce));
        PrivateFile.CreateFolder(Path.GetDirectoryName(_path)!);
        return WholeFile.WriteAsync(_path, async fresh =>
        {
            await using var file = new FileStream(fresh, PrivateFile.Options(FileMode.CreateNew, FileAccess.Write));
            await file.WriteAsync(content);
            file.Flush(flushToDisk: true);
        });
    }

    private KeptRevision? Kept()
    {
        try
        {
            return _cipher.Read<KeptRevision>(File.ReadAllBytes(_path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="Document">The whole book as the record has it.</param>
    /// <param name="PublishedAt">Null = a version that did not keep it has written the file, or the document lacks what a newer one has stored: it is not quite the book of the database, which is read as soon as that is there.</param>
    private sealed record KeptRevision(long Revision, string Document, Instant? PublishedAt = null);
}
