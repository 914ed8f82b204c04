using System.Net.Http.Headers;
using OnCall.Service.Demo;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Demo;

public sealed class When_the_demo_runs
{
    private const string Line = "+442079460101";

    /// <summary>A port with a free one behind it, and a database of the machine's own that must not be touched.</summary>
    private readonly int _port = FreePorts.Two();
    private readonly string[] _settings = ["--ConnectionStrings:OnCall=Host=127.0.0.1;Port=1", "--Serilog:MinimumLevel:Override:Microsoft=Fatal"];

    [Fact]
    public async Task Should_know_everybody_and_answer_an_officers_call()
    {
        await using var demo = await DemoWorld.StartAsync(_settings, _port, callsPerSecond: 5, Stop);

        demo.Twilio.Phones.Count(phone => phone.Role == "adviser").ShouldBeGreaterThan(20);
        demo.Twilio.Phones.Count(phone => phone.Role == "officer").ShouldBe(3);
        demo.Twilio.Numbers.ShouldAllBe(number => number.VoiceUrl!.StartsWith($"http://127.0.0.1:{_port}/twilio/voice"));
        demo.Welcome.ShouldContain(Line);

        var call = demo.Twilio.Phones.First(phone => phone.Role == "officer").Dial(Line);

        await demo.Twilio.WaitForAsync(() => call.Words.Contains("If life is in danger"), Stop);
    }

    [Fact]
    public async Task Should_answer_the_api_with_the_key_that_it_prints()
    {
        await using var demo = await DemoWorld.StartAsync(_settings, _port, callsPerSecond: 1, Stop);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo");

        (await http.GetStringAsync(new Uri($"http://127.0.0.1:{_port}/api/v1/on-duty"), Stop)).ShouldContain("duty-manager");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
