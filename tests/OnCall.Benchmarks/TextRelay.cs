using System.Globalization;

namespace OnCall.Benchmarks;

/// <summary>(i) From a text that comes in, when its webhook leaves, to the words arriving at Twilio's REST API for the other side.</summary>
internal static class TextRelay
{
    private const int Conversations = 100;
    private const int Texts = 500;
    private const double Aim = 100;

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static int _lastSid;

    public static async Task<string> MeasureAsync(Rig rig)
    {
        var (connection, _) = await rig.CreateDatabaseAsync();
        await using var twilio = await StandIn.StartAsync();
        await using var service = await Rig.ServeAsync(connection, twilio.Address);
        await using var yardsticks = await Rig.ServeYardsticksAsync(connection);
        using var sender = new SignedSender(service.Address);
        using var toYardsticks = new SignedSender(yardsticks.Address);
        for (var conversation = 0; conversation < Conversations; conversation++)
        {
            await TextAsync(sender, "", Officer(conversation), conversation, "a question");
            await TextAsync(sender, "", Adviser(conversation), conversation, "1");
        }

        await RoundAsync(sender, twilio, Rounds.Count);
        var rounds = new List<(Latencies Ours, Latencies Insert)>();
        for (var round = 0; round < Rounds.Count; round++)
        {
            rounds.Add((await RoundAsync(sender, twilio, round), await RoundAsync(toYardsticks, null, round)));
        }

        return Report(rounds);
    }

    private static string Report(List<(Latencies Ours, Latencies Insert)> rounds)
    {
        var table = new Table("", "median", "p99", "max");
        Row("text comes in → its words go out", rounds.Select(round => round.Ours));
        Row("a webhook that inserts one row", rounds.Select(round => round.Insert));
        var p99 = Rounds.Of(rounds, round => round.Ours.P99).Middle;
        return $"""

            ## (i) texts through the relay, {Texts} in {Within.TotalSeconds} s

            {table}
            {Conversations} conversations, every other text from the officer, the others from the adviser; open loop, Twilio:MessagesPerSecond=10000. Twilio is the stand-in of (a).

            - p99 below {Aim} ms: {Rounds.Short(p99)} ms {Table.Verdict(p99 < Aim)}
            """;

        void Row(string name, IEnumerable<Latencies> all) => table.Row(
            name, Rounds.Of(all, one => one.Median).ToString(), Rounds.Of(all, one => one.P99).ToString(), Rounds.Of(all, one => one.Max).ToString());
    }

    /// <param name="twilio">Where the words come out; null = a yardstick, which is done with its answer.</param>
    private static async Task<Latencies> RoundAsync(SignedSender to, StandIn? twilio, int round)
    {
        var latencies = new Latencies();
        var start = Clock.Now;
        var texts = new List<Task>();
        for (var text = 0; text < Texts; text++)
        {
            var intended = Clock.After(start, Within / Texts * text);
            await Clock.UntilAsync(intended);
            texts.Add(RelayAsync(to, twilio, text, string.Create(CultureInfo.InvariantCulture, $"words-{round}-{text}"), intended, latencies));
        }

        await Task.WhenAll(texts);
        return latencies;
    }

    private static async Task RelayAsync(SignedSender to, StandIn? twilio, int text, string words, long intended, Latencies latencies)
    {
        var conversation = text / 2 % Conversations;
        var arrives = twilio?.TextOfAsync(words).WaitAsync(Longest, TimeProvider.System);
        await TextAsync(to, twilio is null ? Yardsticks.Insert : "", text % 2 == 0 ? Officer(conversation) : Adviser(conversation), conversation, $"it says {words}");
        latencies.Add(TimeProvider.System.GetElapsedTime(intended, arrives is null ? Clock.Now : await arrives));
    }

    /// <summary>The fields that Twilio sends of a text (https://www.twilio.com/docs/messaging/guides/webhook-request).</summary>
    private static Task<string> TextAsync(SignedSender to, string prefix, string from, int conversation, string body) => to.PostAsync(
        $"{prefix}/twilio/sms",
        [
            new("MessageSid", string.Create(CultureInfo.InvariantCulture, $"SM{Interlocked.Increment(ref _lastSid):x32}")),
            new("AccountSid", Rig.AccountSid),
            new("From", from),
            new("To", BenchBook.Line(conversation)),
            new("Body", body),
            new("NumMedia", "0"),
            new("NumSegments", "1"),
            new("ApiVersion", "2010-04-01"),
        ]);

    private static string Officer(int conversation) => string.Create(CultureInfo.InvariantCulture, $"+4477009003{conversation:00}");

    private static string Adviser(int conversation) => string.Create(CultureInfo.InvariantCulture, $"+4477009001{conversation:00}");
}
