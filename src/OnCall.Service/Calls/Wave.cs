using System.Buffers.Binary;

namespace OnCall.Service.Calls;

/// <summary>RIFF WAVE files, as far as messages are heard one after the other.</summary>
internal static class Wave
{
    private const int ChunkHeader = 8;
    private const int FirstChunk = 12;

    /// <summary>One file in which all are heard, oldest first; those whose sound is written otherwise than the last one's are left out.</summary>
    /// <param name="sounds">At least one.</param>
    public static byte[] Join(IReadOnlyList<byte[]> sounds)
    {
        var last = sounds[^1];
        if (sounds.Count == 1 || Chunk(last, "fmt "u8) is not { } format || Chunk(last, "data"u8) is null)
        {
            return last;
        }

        var alike = sounds.Where(sound => Chunk(sound, "fmt "u8) is { } other && other.Span.SequenceEqual(format.Span)).Select(sound => Chunk(sound, "data"u8)).OfType<ReadOnlyMemory<byte>>().ToList();
        var length = alike.Sum(data => data.Length);
        var whole = new MemoryStream(FirstChunk + format.Length + length + (2 * ChunkHeader));
        Write(whole, "RIFF"u8, 4 + format.Length + length + (2 * ChunkHeader));
        whole.Write("WAVE"u8);
        Write(whole, "fmt "u8, format.Length);
        whole.Write(format.Span);
        Write(whole, "data"u8, length);
        alike.ForEach(data => whole.Write(data.Span));
        return whole.ToArray();
    }

    private static void Write(MemoryStream whole, ReadOnlySpan<byte> name, int length)
    {
        Span<byte> written = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(written, length);
        whole.Write(name);
        whole.Write(written);
    }

    /// <summary>What a chunk holds; null = there is none of that name. A length that leads beyond the file, as of one that was written while it was recorded, ends with it.</summary>
    private static ReadOnlyMemory<byte>? Chunk(byte[] sound, ReadOnlySpan<byte> name)
    {
        for (var at = FirstChunk; at + ChunkHeader <= sound.Length;)
        {
            var rest = sound.Length - at - ChunkHeader;
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(sound.AsSpan(at + 4)), (uint)rest);
            if (sound.AsSpan(at, 4).SequenceEqual(name))
            {
                return sound.AsMemory(at + ChunkHeader, length);
            }

            // Chunks begin at even places.
            at += ChunkHeader + length + (length % 2);
        }

        return null;
    }
}
