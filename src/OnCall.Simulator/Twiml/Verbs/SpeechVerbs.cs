using System.Globalization;
using System.Xml.Linq;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>
/// Say, Play and Pause: what takes time and is heard. Sources: https://www.twilio.com/docs/voice/twiml/say, https://www.twilio.com/docs/voice/twiml/play,
/// https://www.twilio.com/docs/voice/twiml/pause. The speed of speech is assumed (check 1): 15 characters a second, at least one second.
/// </summary>
internal static class SpeechVerbs
{
    private const double CharactersPerSecond = 15;
    private const int MostCharacters = 4096;
    private const int Forever = 1000;

    public static async Task<Step> SayAsync(Performance performance, XElement verb, CancellationToken cancellation)
    {
        var words = verb.Words();
        if (words.Length is 0 or > MostCharacters)
        {
            performance.Account.Report(words.Length == 0 ? 13520 : 13521, words.Length == 0 ? "Say has no words" : $"Say has more than {MostCharacters} characters", performance.Document.Url);
            return Step.Next.Verb;
        }

        CheckVoice(performance, verb);
        performance.TakeHold("saying");
        for (var turn = Turns(verb); turn > 0; turn--)
        {
            performance.Hear("say", words, verb.Text("language"));
            await performance.Loop.Delay(TimeSpan.FromSeconds(Math.Max(1, words.Length / CharactersPerSecond)), cancellation);
        }

        return Step.Next.Verb;
    }

    public static async Task<Step> PlayAsync(Performance performance, XElement verb, CancellationToken cancellation)
    {
        performance.TakeHold("playing");
        if (verb.Text("digits") is { } digits)
        {
            performance.Hear("play", $"tones {digits}");
            await performance.Loop.Delay(TimeSpan.FromSeconds(digits.Length / 2.0), cancellation);
            return Step.Next.Verb;
        }

        var url = performance.Document.Resolve(verb.Value.Trim());
        if (await performance.Account.Sounds.LengthAsync(url, cancellation) is not { } length)
        {
            return Step.Next.Verb;
        }

        for (var turn = Turns(verb); turn > 0; turn--)
        {
            performance.Hear("play", url.Split('#')[0]);
            await performance.Loop.Delay(length, cancellation);
        }

        return Step.Next.Verb;
    }

    /// <summary>As the first verb of an inbound call it is the time until the call is answered.</summary>
    public static async Task<Step> PauseAsync(Performance performance, XElement verb, CancellationToken cancellation)
    {
        var length = verb.Seconds("length", 1);
        performance.TakeHold("pausing", answers: false);
        performance.Hear("pause", length.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        await performance.Loop.Delay(length, cancellation);
        return Step.Next.Verb;
    }

    private static int Turns(XElement verb) => verb.Number("loop", 1) is var loop and > 0 ? loop : Forever;

    /// <summary>Welsh has one voice, and that voice one language. Source: https://www.twilio.com/docs/voice/twiml/say/text-speech.</summary>
    private static void CheckVoice(Performance performance, XElement verb)
    {
        var (voice, language) = (verb.Text("voice"), verb.Text("language"));
        var known = voice is null or "man" or "woman" or "alice" || voice.StartsWith("Polly.", StringComparison.Ordinal) || voice.StartsWith("Google.", StringComparison.Ordinal);
        var welsh = voice == "Polly.Gwyneth";
        if (!known)
        {
            performance.Account.Report(13511, $"there is no voice {voice}", performance.Document.Url);
        }
        else if ((language == "cy-GB" && !welsh) || (welsh && language is not (null or "cy-GB")))
        {
            performance.Account.Report(13512, $"voice {voice ?? "(default)"} does not speak {language}", performance.Document.Url);
        }
    }
}
