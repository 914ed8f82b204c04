using OnCall.Service.Ops;

namespace OnCall.Service.Rotas;

/// <summary>A document that lies in a file.</summary>
internal static class DocumentFile
{
    /// <param name="read">What becomes of its bytes.</param>
    /// <exception cref="OperatorException">It is not there, or is no document.</exception>
    public static async Task<T> ReadAsync<T>(FileInfo file, Func<ReadOnlyMemory<byte>, T> read, CancellationToken stop)
    {
        try
        {
            await using var stream = file.OpenRead();
            return read(await BytesAsync(stream, stop));
        }
        catch (Exception e) when (e is UnreadableDocumentException or IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file.Name}, {(e is UnreadableDocumentException ? "" : "cannot be read: ")}{e.Message}");
        }
    }

    /// <summary>All of a stream, but of one that is longer than any document only so much that this shows.</summary>
    public static async Task<ReadOnlyMemory<byte>> BytesAsync(Stream stream, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (bytes.Length <= Utf8Text.LongestBytes && await stream.ReadAsync(buffer, stop) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }
}
