using System.Collections.Frozen;
using System.Xml.Linq;

namespace OnCall.Simulator.Twiml;

/// <summary>
/// Which verbs a document may hold in the place where it runs. Sources: https://www.twilio.com/docs/voice/twiml and the page of each verb;
/// waiting documents: https://www.twilio.com/docs/voice/twiml/conference#attributes-waiturl and https://www.twilio.com/docs/voice/twiml/enqueue#attributes-waiturl.
/// </summary>
internal sealed class TwimlRules
{
    private static readonly FrozenDictionary<string, VerbShape> Shapes = new Dictionary<string, VerbShape>(StringComparer.Ordinal)
    {
        ["Say"] = Shape("voice=text language=text loop=0-1000", "break emphasis lang p phoneme prosody s say-as sub w"),
        ["Play"] = Shape("loop=0-1000 digits=text"),
        ["Pause"] = Shape("length=0-14400"),
        ["Gather"] = Shape("input=dtmf|speech|dtmf_speech action=url method=GET|POST timeout=0-600 finishOnKey=text numDigits=1-1000 actionOnEmptyResult=bool speechTimeout=text language=text hints=text partialResultCallback=url partialResultCallbackMethod=GET|POST profanityFilter=bool bargeIn=bool speechModel=text enhanced=bool", "Say Play Pause"),
        ["Dial"] = Shape("action=url method=GET|POST timeout=5-600 timeLimit=1-86400 callerId=text answerOnBridge=bool ringTone=text hangupOnStar=bool record=text sequential=bool recordingStatusCallback=url recordingStatusCallbackMethod=GET|POST recordingStatusCallbackEvent=text trim=trim-silence|do-not-trim referUrl=url referMethod=GET|POST", "Number Conference Queue"),
        ["Number"] = Shape("url=url method=GET|POST statusCallback=url statusCallbackEvent=words_initiated_ringing_answered_completed statusCallbackMethod=GET|POST sendDigits=text byoc=text"),
        ["Conference"] = Shape("muted=bool beep=true|false|onEnter|onExit startConferenceOnEnter=bool endConferenceOnExit=bool waitUrl=url waitMethod=GET|POST maxParticipants=2-250 record=do-not-record region=text trim=trim-silence|do-not-trim participantLabel=text jitterBufferSize=small|medium|large|off statusCallback=url statusCallbackEvent=words_start_end_join_leave_mute_hold_modify_speaker_announcement statusCallbackMethod=GET|POST"),
        ["Queue"] = Shape("url=url method=GET|POST"),
        ["Enqueue"] = Shape("action=url method=GET|POST waitUrl=url waitUrlMethod=GET|POST"),
        ["Leave"] = Shape(""),
        ["Record"] = Shape("action=url method=GET|POST timeout=0-600 finishOnKey=text maxLength=1-14400 playBeep=bool trim=trim-silence|do-not-trim recordingStatusCallback=url recordingStatusCallbackMethod=GET|POST recordingStatusCallbackEvent=words_in-progress_completed_absent transcribe=false"),
        ["Redirect"] = Shape("method=GET|POST"),
        ["Hangup"] = Shape(""),
        ["Reject"] = Shape("reason=rejected|busy"),
        ["Message"] = Shape("to=text from=text action=url method=GET|POST statusCallback=url", "Body"),
        ["Body"] = Shape(""),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private TwimlRules(string kind, string verbs, bool allowsAudio = true, bool allowsNothing = false, bool strays = false)
    {
        Kind = kind;
        Verbs = verbs.Split(' ').ToFrozenSet(StringComparer.Ordinal);
        AllowsAudio = allowsAudio;
        AllowsNothing = allowsNothing;
        StraysAreFatal = strays;
    }

    /// <summary>A leg's own document.</summary>
    public static TwimlRules Call { get; } = new("twiml", "Say Play Pause Gather Dial Enqueue Record Redirect Hangup Reject");

    /// <summary>What a dialled party hears between picking up and the bridge.</summary>
    public static TwimlRules Whisper { get; } = new("twiml", "Say Play Pause Gather Redirect Hangup", strays: true);

    /// <summary>waitUrl of a conference, hold and announcements (13238).</summary>
    public static TwimlRules RoomWait { get; } = new("twiml", "Say Play Pause Redirect", strays: true);

    /// <summary>waitUrl of a queue.</summary>
    public static TwimlRules QueueWait { get; } = new("twiml", "Say Play Pause Redirect Gather Hangup Leave", strays: true);

    /// <summary>The answer to a text.</summary>
    public static TwimlRules Text { get; } = new("text", "Message Redirect", allowsAudio: false, allowsNothing: true);

    /// <summary>How requests for such documents are called in the log.</summary>
    public string Kind { get; }

    public FrozenSet<string> Verbs { get; }

    public bool AllowsAudio { get; }

    public bool AllowsNothing { get; }

    /// <summary>Whether a known verb in the wrong place fails the document; otherwise it is skipped.</summary>
    public bool StraysAreFatal { get; }

    /// <summary>Warns of every unknown element, attribute or value (12200), which are skipped.</summary>
    /// <exception cref="TwimlFailure">13238: a verb that this place does not allow.</exception>
    public void Check(TwimlDocument document, Action<string, string> warn)
    {
        foreach (var verb in document.Response.Elements())
        {
            if (!Verbs.Contains(verb.Name.LocalName) && StraysAreFatal && Shapes.ContainsKey(verb.Name.LocalName))
            {
                throw new TwimlFailure(13238, $"{verb.Name} is not allowed in this document", document.Url);
            }

            CheckElement(verb, Verbs, message => warn(message, document.Url));
        }

        if (document.Response.Nodes().OfType<XText>().Any(t => !string.IsNullOrWhiteSpace(t.Value)))
        {
            warn("text directly in Response", document.Url);
        }
    }

    private static void CheckElement(XElement element, FrozenSet<string> allowed, Action<string> warn)
    {
        if (!allowed.Contains(element.Name.LocalName))
        {
            warn($"{element.Name} is not allowed in {element.Parent!.Name}");
            return;
        }

        if (!Shapes.TryGetValue(element.Name.LocalName, out var shape))
        {
            return;
        }

        foreach (var attribute in element.Attributes())
        {
            var fault = shape.Attributes.TryGetValue(attribute.Name.LocalName, out var expected)
                ? VerbShape.Fault(expected, attribute)
                : $"{element.Name} has no attribute {attribute.Name}";
            if (fault is not null)
            {
                warn(fault);
            }
        }

        foreach (var child in element.Elements())
        {
            CheckElement(child, shape.Children, warn);
        }
    }

    private static VerbShape Shape(string attributes, string children = "") => new(
        attributes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => a.Split('=')).ToFrozenDictionary(a => a[0], a => a[1].Replace('_', ' '), StringComparer.Ordinal),
        children.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal));
}
