using OnCall.Simulator;

namespace OnCall.Benchmarks;

/// <summary>(b) From the officer's key, when its webhook leaves, to the adviser's call arriving at Twilio's REST API.</summary>
internal static class KeyToCall
{
    private const int Calls = 100;
    private const double Aim = 20;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public static async Task<string> MeasureAsync(Rig rig)
    {
        var (connection, _) = await rig.CreateDatabaseAsync();
        var options = new SimulatorOptions { CallsPerSecond = 10_000, MessagesPerSecond = 10_000 };
        await using var twilio = await TwilioSimulator.StartAsync(options);
        await using var service = await Rig.ServeAsync(connection, twilio.BaseAddress, options.AuthToken);
        for (var line = 0; line < Calls; line++)
        {
            twilio.AddNumber(BenchBook.Line(line), voiceUrl: new Uri(service.Address, "/twilio/voice").ToString(), statusCallback: new Uri(service.Address, "/twilio/status/call").ToString());
        }

        await RoundAsync(twilio, Rounds.Count);
        var rounds = new List<(Latencies Ours, Latencies Bare)>();
        for (var round = 0; round < Rounds.Count; round++)
        {
            rounds.Add((await RoundAsync(twilio, round), await BareAsync(twilio)));
        }

        return Report(rounds);
    }

    private static string Report(List<(Latencies Ours, Latencies Bare)> rounds)
    {
        var table = new Table("", "median", "p99", "max");
        Row("key pressed → adviser's call arrives", rounds.Select(round => round.Ours));
        Row("a bare request to the same REST API", rounds.Select(round => round.Bare));
        var median = Rounds.Of(rounds, round => round.Ours.Median).Middle;
        return $"""

            ## (b) from the officer's key to the adviser's call, {Calls} calls, one every {Between.TotalMilliseconds} ms

            {table}
            Real calls in the real simulator: it runs the menu, sends the signed webhook, and takes the adviser's call.

            - median below {Aim} ms: {Rounds.Short(median)} ms {Table.Verdict(median < Aim)}
            """;

        void Row(string name, IEnumerable<Latencies> all) => table.Row(
            name, Rounds.Of(all, one => one.Median).ToString(), Rounds.Of(all, one => one.P99).ToString(), Rounds.Of(all, one => one.Max).ToString());
    }

    private static async Task<Latencies> RoundAsync(TwilioSimulator twilio, int round)
    {
        var (webhooks, requests) = (twilio.Webhooks.Count, twilio.Requests.Count);
        var start = Clock.Now;
        var calls = new List<Task>();
        for (var i = 0; i < Calls; i++)
        {
            await Clock.UntilAsync(Clock.After(start, Between * i));
            calls.Add(CallAsync(twilio, i, BenchBook.Officer((round * Calls) + i)));
        }

        await Task.WhenAll(calls);
        var asked = twilio.Requests.Skip(requests).Where(request => request.Path == "/Calls.json").ToLookup(request => Subject(request.Form["Url"]!)[..32]);
        var latencies = new Latencies();
        foreach (var key in twilio.Webhooks.Skip(webhooks).Where(webhook => webhook.Path == "/twilio/voice/menu" && webhook.Parameters.Has("Digits")))
        {
            latencies.Add(asked[Subject(key.Url)].First().At - key.At);
        }

        return latencies;
    }

    private static async Task CallAsync(TwilioSimulator twilio, int number, string officer)
    {
        using var enough = new CancellationTokenSource(Longest, TimeProvider.System);
        var call = twilio.Phone(officer).Dial(BenchBook.Line(number));
        await twilio.WaitForAsync(() => call.Position == "gathering", enough.Token);
        var rung = twilio.Phone($"+4477009001{number:00}");
        var before = rung.Calls.Count;
        call.Press("1");
        await twilio.WaitForAsync(() => rung.Calls.Count > before, enough.Token);
        call.HangUp();
    }

    /// <summary>From sending to arriving, of a request that is refused at once because it lacks its document.</summary>
    private static async Task<Latencies> BareAsync(TwilioSimulator twilio)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{twilio.AccountSid}:{twilio.AuthToken}")));
        var address = new Uri(twilio.BaseAddress, $"/2010-04-01/Accounts/{twilio.AccountSid}/Calls.json");
        var latencies = new Latencies();
        var start = Clock.Now;
        for (var i = 0; i < Calls; i++)
        {
            await Clock.UntilAsync(Clock.After(start, TimeSpan.FromMilliseconds(10) * i));
            using var form = new FormUrlEncodedContent([new("To", BenchBook.Officer(i)), new("From", BenchBook.Line(i))]);
            var sent = TimeProvider.System.GetUtcNow();
            using var answer = await http.PostAsync(address, form);
            latencies.Add(twilio.Requests[^1].At - sent);
        }

        return latencies;
    }

    private static string Subject(string url) => url.Split("s=")[1].Split('&', '#')[0];
}
