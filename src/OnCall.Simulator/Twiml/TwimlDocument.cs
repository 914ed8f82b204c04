using System.Xml;
using System.Xml.Linq;

namespace OnCall.Simulator.Twiml;

/// <summary>A document and the address that it came from. Source: https://www.twilio.com/docs/voice/twiml.</summary>
/// <param name="Url">With its fragment; empty when it came in a REST request.</param>
internal sealed record TwimlDocument(string Url, XElement Response)
{
    /// <exception cref="TwimlFailure">12100: no XML; 12102: another root element.</exception>
    public static TwimlDocument Parse(string text, string url)
    {
        try
        {
            var root = XDocument.Parse(text.Trim(), LoadOptions.PreserveWhitespace).Root!;
            return root.Name == "Response" ? new TwimlDocument(url, root) : throw new TwimlFailure(12102, $"the root element is {root.Name}, not Response", url);
        }
        catch (XmlException error)
        {
            throw new TwimlFailure(12100, $"not XML: {error.Message}", url);
        }
    }

    /// <summary>The document that says or plays one thing and then ends.</summary>
    public static TwimlDocument Of(string verb, string text, string url) => new(url, new XElement("Response", new XElement(verb, text)));

    /// <summary>An address in this document: relative ones count from the document's own, the empty one is the document's own, with its fragment (assumed, check 41).</summary>
    /// <exception cref="TwimlFailure">15004: relative, in a document without an address.</exception>
    public string Resolve(string address)
    {
        if (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return address;
        }

        if (Url.Length == 0)
        {
            throw new TwimlFailure(15004, $"relative address '{address}' in TwiML that was given in a REST request", address);
        }

        return address.Length == 0 ? Url : new Uri(new Uri(Url.Split('#')[0]), address).AbsoluteUri;
    }
}
