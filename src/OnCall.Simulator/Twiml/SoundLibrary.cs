using System.Buffers.Binary;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml;

/// <summary>
/// The lengths of audio files, fetched by GET and kept as long as their server allows. Source: https://www.twilio.com/docs/voice/twiml/play.
/// Assumed: a file that cannot be had is skipped (check 2); one that is not WAV lasts 5 seconds.
/// </summary>
internal sealed class SoundLibrary(Account account)
{
    private static readonly TimeSpan UnknownLength = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, (TimeSpan Length, DateTimeOffset Until)> kept = new(StringComparer.Ordinal);

    /// <summary>Null when the file cannot be had.</summary>
    public async Task<TimeSpan?> LengthAsync(string url, CancellationToken cancellation)
    {
        if (kept.TryGetValue(url, out var known) && known.Until > account.Loop.Now)
        {
            return known.Length;
        }

        var answer = await account.Web.SendAsync("media", new Callback(url, HttpMethod.Get), [], cookies: null, cancellation);
        if (answer.ErrorCode != 0 || !answer.IsAudio)
        {
            account.Report(answer.ErrorCode != 0 ? answer.ErrorCode : 12300, answer.ErrorCode != 0 ? answer.Error : $"{answer.ContentType} is no audio", url);
            return null;
        }

        var length = LengthOf(answer.Audio);
        kept[url] = (length, account.Loop.Now + answer.KeepFor);
        return length;
    }

    /// <summary>Reads the header of a RIFF WAVE file: bytes of sound by bytes per second.</summary>
    internal static TimeSpan LengthOf(ReadOnlySpan<byte> wave)
    {
        if (wave.Length < 12 || !wave[..4].SequenceEqual("RIFF"u8) || !wave[8..12].SequenceEqual("WAVE"u8))
        {
            return UnknownLength;
        }

        var bytesPerSecond = 0;
        for (var at = 12; at + 8 <= wave.Length;)
        {
            var size = BinaryPrimitives.ReadInt32LittleEndian(wave[(at + 4)..]);
            if (wave[at..(at + 4)].SequenceEqual("fmt "u8))
            {
                bytesPerSecond = BinaryPrimitives.ReadInt32LittleEndian(wave[(at + 16)..]);
            }
            else if (wave[at..(at + 4)].SequenceEqual("data"u8) && bytesPerSecond > 0)
            {
                return TimeSpan.FromSeconds((double)Math.Min(size, wave.Length - at - 8) / bytesPerSecond);
            }

            at += 8 + size + (size & 1);
        }

        return UnknownLength;
    }
}
