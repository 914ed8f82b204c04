using System.Globalization;
using System.Text;
using OnCall.Simulator;
using Shouldly;

namespace OnCall.Testing;

/// <summary>What legs heard, and when.</summary>
public static class Transcript
{
    /// <summary>The moment at which words that contain these began; the first time.</summary>
    public static DateTimeOffset SaidAt(this PhoneCall call, string words) =>
        call.Heard.First(heard => heard.Kind == "say" && heard.Text.Contains(words, StringComparison.OrdinalIgnoreCase)).At;

    public static DateTimeOffset PressedAt(this PhoneCall call, string key) => call.Heard.Last(heard => heard.Kind == "key" && heard.Text == key).At;

    /// <summary>The moment at which it could speak with somebody else, the last time.</summary>
    public static DateTimeOffset ConnectedAt(this PhoneCall call) => call.Heard.Last(IsConnected).At;

    /// <summary>Whether it was ever in a room with somebody else.</summary>
    public static bool WasConnected(this PhoneCall call) => call.Heard.Any(IsConnected);

    public static bool WasTold(this PhoneCall call, string words) => call.Words.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Asserts that no phone rang for a second call while the first one still rang. What documents dial while the database is away does not count: nobody
    /// can see then who rings already, and a phone that is engaged leads on to the next.
    /// </summary>
    public static void ShouldRingNobodyTwiceAtOnce(this TwilioSimulator twilio)
    {
        foreach (var phone in twilio.Phones)
        {
            var rung = phone.Calls.Where(call => call.Direction == "outbound-api" && call.RangAt is not null).OrderBy(call => call.RangAt).ToList();
            foreach (var (first, second) in rung.Zip(rung.Skip(1)))
            {
                var stopped = first.AnsweredAt ?? first.EndedAt;
                Hold(stopped <= second.RangAt, () => $"{phone.Number} rang twice at {second.RangAt:T}.\n{twilio.Story()}");
            }
        }
    }

    /// <summary>Asserts it; the story is told only where it is not so, since some of this is asked a thousand times a second.</summary>
    public static void Hold(bool isSo, Func<string> otherwise)
    {
        if (!isSo)
        {
            throw new ShouldAssertException(otherwise());
        }
    }

    /// <summary>What every leg heard and every phone read, for the message of a failed assertion.</summary>
    public static string Story(this TwilioSimulator twilio)
    {
        var story = new StringBuilder();
        foreach (var call in twilio.Calls)
        {
            story.AppendLine(call.ToString());
            foreach (var heard in call.Heard)
            {
                story.AppendLine(CultureInfo.InvariantCulture, $"    {heard.At:HH:mm:ss.f} {heard.Kind}: {heard.Text}");
            }
        }

        foreach (var text in twilio.Messages)
        {
            story.AppendLine(CultureInfo.InvariantCulture, $"{text.CreatedAt:HH:mm:ss.f} {text}");
        }

        foreach (var problem in twilio.Problems)
        {
            story.AppendLine(CultureInfo.InvariantCulture, $"problem {problem.Code} {problem.Subject}: {problem.Message}");
        }

        foreach (var webhook in twilio.Webhooks.Where(webhook => webhook.AnsweredAt is null))
        {
            story.AppendLine(CultureInfo.InvariantCulture, $"{webhook.At:HH:mm:ss.f} waits for the answer to {webhook}");
        }

        return story.ToString();
    }

    private static bool IsConnected(Heard heard) => heard.Kind == "system" && heard.Text.StartsWith("connected with", StringComparison.Ordinal);
}
