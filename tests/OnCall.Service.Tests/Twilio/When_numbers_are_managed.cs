using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OnCall.Service.Ops;
using OnCall.Service.Twilio;
using OnCall.Testing;
using Serilog;
using Serilog.Extensions.Logging;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Twilio;

public sealed class When_numbers_are_managed : IAsyncDisposable
{
    private const string Retry = "#rc=2&rp=ct,rt,5xx&ct=1500&rt=4000";

    private static readonly Dictionary<string, string> Wanted = new()
    {
        ["VoiceUrl"] = "https://oncall.example.org/twilio/voice" + Retry,
        ["VoiceMethod"] = "POST",
        ["SmsUrl"] = "https://oncall.example.org/twilio/sms" + Retry,
        ["SmsMethod"] = "POST",
        ["StatusCallback"] = "https://oncall.example.org/twilio/status/call" + Retry,
        ["StatusCallbackMethod"] = "POST",
        ["VoiceFallbackUrl"] = "https://fallback.example.org/now.xml",
        ["VoiceFallbackMethod"] = "GET",
        ["SmsFallbackUrl"] = "https://fallback.example.org/now.xml",
        ["SmsFallbackMethod"] = "GET",
    };

    private readonly FakeTimeProvider _time = new();
    private readonly Channel<TwilioStub.Asked> _asked = Channel.CreateUnbounded<TwilioStub.Asked>();
    private readonly WrittenLog _log = new();
    private TwilioStub? _stub;
    private TwilioNumbers? _numbers;

    [Fact]
    public async Task Should_set_the_addresses_of_a_number_that_leads_elsewhere()
    {
        await StartAsync(Number("https://demo.twilio.com/welcome/voice/"));

        (await NextAsync()).Query.ShouldBe("?PhoneNumber=%2B442079460101");
        var update = await NextAsync();
        update.Path.ShouldEndWith("/IncomingPhoneNumbers/PN1.json");
        TwilioForm.Parse(update.Body)!.Fields.ToDictionary().ShouldBe(Wanted, ignoreOrder: true);
    }

    [Fact]
    public async Task Should_leave_a_number_that_leads_here_and_look_again_after_an_hour()
    {
        await StartAsync(Number(Wanted["VoiceUrl"]));
        await NextAsync();

        _time.Advance(TimeSpan.FromHours(1));

        (await NextAsync()).Method.ShouldBe("GET");
        _stub!.Requests.ShouldAllBe(asked => asked.Method == "GET");
    }

    [Theory]
    [InlineData("""{"incoming_phone_numbers":[]}""")]
    [InlineData("no json")]
    public async Task Should_look_again_after_an_hour_when_it_could_not_be_checked(string answer)
    {
        await StartAsync(answer);
        await NextAsync();

        _time.Advance(TimeSpan.FromHours(1));

        (await NextAsync()).Method.ShouldBe("GET");
        _log.Holds("The line that ends in \\\"0101\\\"").ShouldBeTrue();
        _log.Check();
    }

    [Fact]
    public async Task Should_go_on_with_the_next_number_when_one_cannot_be_checked()
    {
        await StartAsync("no json", "+442079460101", "+442079460102");

        (await NextAsync()).Query.ShouldBe("?PhoneNumber=%2B442079460101");
        (await NextAsync()).Query.ShouldBe("?PhoneNumber=%2B442079460102");
    }

    public async ValueTask DisposeAsync()
    {
        await (_numbers?.StopAsync(Stop) ?? Task.CompletedTask);
        _numbers?.Dispose();
        await (_stub?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Number(string voiceUrl) =>
        $$"""
        {"incoming_phone_numbers":[{"sid":"PN1","phone_number":"+442079460101","voice_url":"{{voiceUrl}}","voice_method":"POST","sms_url":"{{Wanted["SmsUrl"]}}",
        "sms_method":"POST","status_callback":"{{Wanted["StatusCallback"]}}","status_callback_method":"POST","voice_fallback_url":"{{Wanted["VoiceFallbackUrl"]}}",
        "voice_fallback_method":"GET","sms_fallback_url":"{{Wanted["SmsFallbackUrl"]}}","sms_fallback_method":"GET"}]}
        """;

    private async Task StartAsync(string list, params string[] numbers)
    {
        _stub = await TwilioStub.StartAsync(async (http, _) =>
        {
            _asked.Writer.TryWrite(_stub!.Requests.Last());
            await http.Response.WriteAsync(http.Request.Method == "GET" ? list : """{"sid":"PN1","phone_number":"+442079460101"}""");
        });
        var onCall = new OnCallSettings { PublicUrl = "https://oncall.example.org", FallbackUrl = Wanted["VoiceFallbackUrl"] };
        _numbers = new TwilioNumbers(
            new TwilioSettings { AccountSid = TwilioStub.AccountSid, AuthToken = "token" },
            onCall,
            new TwilioAddresses(onCall),
            _stub.Api,
            () => (numbers.Length > 0 ? numbers : ["+442079460101"]).ToHashSet(),
            _time,
            new SerilogLoggerFactory(new LoggerConfiguration().WriteTo.Sink(_log).CreateLogger(), dispose: true).CreateLogger<TwilioNumbers>());
        await _numbers.StartAsync(Stop);
    }

    private async Task<TwilioStub.Asked> NextAsync() => await _asked.Reader.ReadAsync(Stop);
}
