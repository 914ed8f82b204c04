namespace OnCall.Service.Ops;

/// <summary>A file that others read at any moment.</summary>
internal static class WholeFile
{
    /// <summary>Takes the place of what the file held, whole or not at all, also where another node, or somebody by hand, writes it at the same time.</summary>
    public static Task WriteAsync(string path, string text, CancellationToken stop) => WriteAsync(path, beside => File.WriteAllTextAsync(beside, text, stop));

    /// <param name="write">Writes a file at the path that it is given; where that fails, nothing of it is left: on a full disk others need the room.</param>
    /// <inheritdoc cref="WriteAsync(string, string, CancellationToken)" path="/summary"/>
    public static async Task WriteAsync(string path, Func<string, Task> write)
    {
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            await write(beside);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
