using System.Text.RegularExpressions;
using OnCall.Testing;
using Shouldly;

namespace OnCall.Service.Tests.Calls;

/// <summary>A document that a leg got, compared with the file of its name below <c>Calls/Twiml</c>. One that differs is written beside it, as <c>NAME.received.xml</c> in the output folder.</summary>
internal static partial class TwimlSnapshot
{
    /// <param name="path">Below <c>/twilio/</c>.</param>
    /// <param name="asked">What the request must have said.</param>
    /// <param name="answer">What the answer must hold, in the first that fits.</param>
    public static void Compare(World world, string name, string path, Func<Simulator.Webhooks.Parameters, bool>? asked = null, Func<string, bool>? answer = null)
    {
        var webhook = world.Twilio.Webhooks.FirstOrDefault(webhook =>
            webhook.Path == $"/twilio/{path}" && asked?.Invoke(webhook.Parameters) is not false && webhook.Body is { } body && answer?.Invoke(body) is not false);
        webhook.ShouldNotBeNull($"{name}\n{world.Story()}");
        webhook.ContentType.ShouldBe("text/xml");
        var received = Normalised(webhook.Body!, world.Balancer.Url);
        var folder = Path.Combine(AppContext.BaseDirectory, "Calls", "Twiml");
        var file = Path.Combine(folder, $"{name}.xml");
        var expected = File.Exists(file) ? File.ReadAllText(file) : "";
        if (received != expected)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, $"{name}.received.xml"), received);
        }

        received.ShouldBe(expected, name);
    }

    private static string Normalised(string document, string url)
    {
        var text = document.Replace(url, "https://oncall.example.org");
        text = SealedState().Replace(text, "STATE");
        text = EnquiryId().Replace(text, "ENQUIRY");
        text = SpokenRef().Replace(text, "4, 8, 2, 1");
        return Waited().Replace(text, "after 12 seconds") + "\n";
    }

    [GeneratedRegex("(?<=[?]s=)[A-Za-z0-9_-]{100,}", RegexOptions.None, 1000)]
    private static partial Regex SealedState();

    [GeneratedRegex("[0-9a-f]{32}", RegexOptions.None, 1000)]
    private static partial Regex EnquiryId();

    [GeneratedRegex("(?<!, )[0-9](, [0-9]){3,4}(?!, [0-9])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SpokenRef();

    [GeneratedRegex("after [0-9]+ seconds", RegexOptions.None, 1000)]
    private static partial Regex Waited();
}
