namespace OnCall.Service.Ops;

/// <summary>A file that others read at any moment.</summary>
internal static class WholeFile
{
    /// <summary>Takes the place of what the file held, whole or not at all, also where another node, or somebody by hand, writes it at the same time.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken stop)
    {
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            await File.WriteAllTextAsync(beside, text, stop);
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
