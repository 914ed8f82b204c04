using System.Buffers.Binary;

namespace OnCall.Simulator.Rest;

/// <summary>Stand-ins for recorded voices: a soft hum as WAV, silence as MP3, of the right length.</summary>
internal static class SoundFiles
{
    private const int Rate = 8000;
    private const int HeaderLength = 44;

    /// <summary>Mono, 8 kHz, 16 bits, as Twilio's recordings are.</summary>
    public static byte[] Wave(TimeSpan length)
    {
        var samples = (int)(length.TotalSeconds * Rate);
        var wave = new byte[HeaderLength + (samples * 2)];
        "RIFF"u8.CopyTo(wave);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(4), wave.Length - 8);
        "WAVEfmt "u8.CopyTo(wave.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(34), 16);
        "data"u8.CopyTo(wave.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(40), samples * 2);
        for (var i = 0; i < samples; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(wave.AsSpan(HeaderLength + (i * 2)), (short)(600 * Math.Sin(2 * Math.PI * 180 * i / Rate)));
        }

        return wave;
    }

    /// <summary>MPEG 1 layer III, 64 kbit/s, 48 kHz, mono: frames of 192 bytes and 24 ms whose side information says silence.</summary>
    public static byte[] Mp3(TimeSpan length)
    {
        const int FrameLength = 192;
        var frames = Math.Max(1, (int)(length.TotalMilliseconds / 24));
        var sound = new byte[frames * FrameLength];
        for (var frame = 0; frame < frames; frame++)
        {
            ((ReadOnlySpan<byte>)[0xFF, 0xFB, 0x54, 0xC4]).CopyTo(sound.AsSpan(frame * FrameLength));
        }

        return sound;
    }
}
