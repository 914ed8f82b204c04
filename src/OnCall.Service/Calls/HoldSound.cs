using System.Buffers.Binary;
using System.Text;

namespace OnCall.Service.Calls;

/// <summary>What an officer hears between the words while holding: eight seconds with two soft tones every two, so that the line is known to be alive.</summary>
internal static class HoldSound
{
    private const int Rate = 8000;
    private const int Seconds = 8;
    private const int Header = 44;

    /// <summary>RIFF WAVE, 8 kHz, mono, 16 bit: what a telephone carries, so that nothing is converted on the way.</summary>
    public static byte[] Wav { get; } = Build();

    private static byte[] Build()
    {
        const int bytes = Rate * Seconds * 2;
        var wav = new byte[Header + bytes];
        Encoding.ASCII.GetBytes("RIFF....WAVEfmt ").CopyTo(wav, 0);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), Header - 8 + bytes);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16);
        Encoding.ASCII.GetBytes("data").CopyTo(wav, 36);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), bytes);
        for (var i = 0; i < Rate * Seconds; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(Header + (i * 2)), Sample(i % (Rate * 2) / (double)Rate));
        }

        return wav;
    }

    /// <summary>Two notes, a fifth apart, each fading out.</summary>
    private static short Sample(double second)
    {
        var (pitch, since) = second < 0.5 ? (392.0, second) : (587.3, second - 0.5);
        return (short)(3000 * Math.Exp(-5 * since) * Math.Sin(2 * Math.PI * pitch * since));
    }
}
