using System.Xml.Linq;
using OnCall.Core;
using OnCall.Core.People;

namespace OnCall.Service.Twilio;

/// <summary>
/// The static document that answers when the service cannot: it rings today's duty phones one after the other, and takes a message in the end.
/// Nothing of it asks anybody: a document that Twilio fetches from a file cannot screen, so the officer is told how to go on from a voicemail
/// (https://www.twilio.com/docs/voice/twiml/dial#hangupOnStar).
/// </summary>
internal static class FallbackTwiml
{
    private const int RingSeconds = 20;

    /// <param name="languages">Those of the lines, that of the first line first: one document serves them all, so everything is said in each.</param>
    public static string Document(IEnumerable<PhoneNumber> phones, IReadOnlyList<Language> languages) => InAscii(Twiml.Text(new XElement(
        "Response",
        languages.Select(to => Twiml.Say(Phrases.ServiceAway(to))),
        phones.Select(phone => languages.Select(to => Twiml.Say(Phrases.TryingTheNext(to))).Prepend(
            new XElement("Dial", new XAttribute("timeout", RingSeconds), new XAttribute("hangupOnStar", "true"), new XElement("Number", phone.Value)))),
        languages.Select(to => Twiml.Say(Phrases.ServiceAwayMessage(to))),

        // After the message Twilio asks this same address again, and a file answers GET alone: the phones are rung once more for an officer who stays.
        new XElement("Record", new XAttribute("method", "GET"), new XAttribute("maxLength", 180), new XAttribute("timeout", 10), new XAttribute("finishOnKey", "#")))));

    /// <summary>Whoever serves the file may not say how its letters are encoded, and Welsh has some that are not in ASCII.</summary>
    private static string InAscii(string document) => string.Concat(document.EnumerateRunes().Select(letter => letter.IsAscii ? letter.ToString() : $"&#{letter.Value};"));
}
