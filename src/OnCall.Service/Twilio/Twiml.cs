using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NodaTime;
using OnCall.Core;
using OnCall.Core.Calls;
using OnCall.Core.People;
using OnCall.Service.Ops;

namespace OnCall.Service.Twilio;

/// <summary>Writes call steps as TwiML, and knows every address that Twilio is given. The only file that knows TwiML's words (https://www.twilio.com/docs/voice/twiml).</summary>
internal sealed class Twiml(OnCallSettings settings, TwilioAddresses addresses)
{
    /// <summary>What is heard in a room by who waits there alone.</summary>
    public const string AlonePath = "voice/alone";

    private const string ContentType = "text/xml";

    /// <summary>The address of a webhook, with the retry fragment.</summary>
    /// <param name="path">Below <c>/twilio</c>.</param>
    public string Address(string path) => addresses.Of($"/twilio/{path}");

    public string Address(Destination to) => Address($"voice/{PathOf(to.Door)}?s={to.Subject}{(to.Ask > 0 ? $"&n={to.Ask.ToString(CultureInfo.InvariantCulture)}" : "")}");

    /// <summary>The last part of a door's path.</summary>
    public static string PathOf(Door door) => door switch
    {
        Door.OfferKey => "offer-key",
        Door.BackKey => "back-key",
        Door.HoldKey => "hold-key",
        Door.CallBack => "call-back",
        Door.ChainMenu => "chain-menu",
        Door.ChainNext => "chain-next",
        Door.ChainMessage => "chain-message",
        Door.ChainOffer => "chain-offer",
        Door.ChainKey => "chain-key",
        _ => door.ToString().ToLowerInvariant(),
    };

    /// <summary>The answer to a voice webhook.</summary>
    public IResult Answer(IEnumerable<CallStep> steps) => Answer(Document(steps));

    /// <summary>The answer to a text: one text back, or none.</summary>
    public static IResult AnswerText(string? body) => Answer(new XElement("Response", body is null ? null : new XElement("Message", body)));

    /// <summary>Words, a breath, and the same address again: whatever failed inside is tried once more while the caller holds.</summary>
    /// <param name="address">Where to ask again.</param>
    public static IResult AnswerAgain(Spoken sentence, string address) => Answer(new XElement(
        "Response", Say(sentence), new XElement("Pause", new XAttribute("length", 2)), new XElement("Redirect", address)));

    /// <summary>The hold sound without end: Twilio plays it until somebody else comes into the room (https://www.twilio.com/docs/voice/twiml/conference).</summary>
    public IResult AnswerAlone() => Answer(new XElement("Response", new XElement("Play", new XAttribute("loop", 0), HoldSound)));

    private string HoldSound => $"{settings.PublicUrl}/twilio/hold.wav";

    /// <summary>The document of these steps.</summary>
    public XElement Document(IEnumerable<CallStep> steps) => new("Response", steps.SelectMany(Verbs));

    /// <summary>The document as text, as Twilio gets it.</summary>
    public static string Text(XElement document)
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" }))
        {
            document.Save(writer);
        }

        return text.ToString();
    }

    private static IResult Answer(XElement document) => Results.Text(Text(document), ContentType, Encoding.UTF8);

    private IEnumerable<XElement> Verbs(CallStep step) => step switch
    {
        CallStep.Say say => [Say(say.Words)],
        CallStep.HoldSound => [new XElement("Play", HoldSound)],
        CallStep.PlayMessage message => [new XElement("Play", $"{settings.PublicUrl}/twilio/voice/message-left?s={message.Enquiry}")],
        CallStep.Pause pause => [new XElement("Pause", Seconds("length", pause.Length))],
        CallStep.Ask ask =>
        [
            new XElement(
                "Gather", new XAttribute("action", Address(ask.Then)), new XAttribute("numDigits", 1), new XAttribute("finishOnKey", ""),
                new XAttribute("actionOnEmptyResult", "true"), Seconds("timeout", ask.Timeout), ask.Prompt.SelectMany(Verbs)),
        ],
        CallStep.AskNumber ask =>
        [
            new XElement(
                "Gather", new XAttribute("action", Address(ask.Then)), new XAttribute("finishOnKey", "#"), new XAttribute("actionOnEmptyResult", "true"),
                Seconds("timeout", ask.Timeout), ask.Prompt.SelectMany(Verbs)),
        ],
        CallStep.WithKeys keys =>
        [
            new XElement(
                "Gather", new XAttribute("action", Address(keys.Then)), new XAttribute("numDigits", 1), new XAttribute("finishOnKey", ""),
                new XAttribute("timeout", 1), keys.Prompt.SelectMany(Verbs)),
        ],
        CallStep.Hold hold =>
        [
            new XElement("Enqueue", new XAttribute("action", Address(hold.Then)), new XAttribute("waitUrl", Address(hold.Wait)), hold.Queue),
        ],
        CallStep.Connect connect => [Dial(connect)],
        CallStep.Dial dial => [Dial(dial)],
        CallStep.Record record =>
        [
            new XElement(
                "Record", new XAttribute("action", Address(record.Then)), Seconds("maxLength", record.Longest), new XAttribute("finishOnKey", "#"),
                new XAttribute("timeout", 10), new XAttribute("trim", "do-not-trim")),
        ],
        CallStep.GoTo go => [new XElement("Redirect", Address(go.Then))],
        CallStep.StopHolding => [new XElement("Leave")],
        _ => [new XElement("Hangup")],
    };

    private XElement Dial(CallStep.Connect connect) => new(
        "Dial",
        new XAttribute("action", Address(connect.Then)),
        new XElement(
            "Conference",
            new XAttribute("beep", "false"),
            new XAttribute("startConferenceOnEnter", "true"),
            new XAttribute("endConferenceOnExit", connect.EndsRoom ? "true" : "false"),
            new XAttribute("waitUrl", connect.WaitsLong ? Address(AlonePath) : ""),
            new XAttribute("participantLabel", connect.Label),
            new XAttribute("statusCallback", Address(connect.RoomEvents)),
            new XAttribute("statusCallbackEvent", "start end join leave"),
            connect.Room));

    /// <summary>The ring tone is the caller's country's, and an inbound leg that nobody has answered yet goes on ringing until the two are connected.</summary>
    private XElement Dial(CallStep.Dial dial) => new(
        "Dial",
        new XAttribute("action", Address(dial.Then)),
        new XAttribute("callerId", dial.From.Value),
        Seconds("timeout", dial.Ring),
        new XAttribute("answerOnBridge", "true"),
        new XAttribute("ringTone", "uk"),
        new XElement("Number", new XAttribute("url", Address(dial.Screen)), dial.To.Value));

    /// <summary>A voice of British English; and the only one of Welsh (https://www.twilio.com/docs/voice/twiml/say/text-speech).</summary>
    public static XElement Say(Spoken words)
    {
        var (voice, language) = words.Language == Language.Welsh ? ("Polly.Gwyneth", "cy-GB") : ("Polly.Amy", "en-GB");
        return new XElement("Say", new XAttribute("voice", voice), new XAttribute("language", language), words.Text);
    }

    private static XAttribute Seconds(string name, Duration length) => new(name, (long)length.TotalSeconds);
}
