using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Chain;
using OnCall.Service.Twilio;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

/// <summary>A state in an address that is not ours, is of another call, or is too old: it changes nothing, connects nobody, and the officer is led on all the same.</summary>
public sealed class When_an_address_of_the_chain_is_forged(TestDatabase databases)
{
    public static TheoryData<string> Forgeries => ["altered", "sealed with another token", "of another call", "too old", "no state"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Should_lead_the_officer_back_into_the_queue(string how)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await world.CallAsync();
        var before = await world.EnquiryAsync();

        await RedirectAsync(world, call, $"/twilio/voice/chain-next?s={Forge(world, call.Sid, how)}");
        await world.UntilAsync(() => call.WasTold("Please stay on the line"), TimeSpan.FromSeconds(10));
        await world.UntilAsync(() => call.Position.StartsWith("queue", StringComparison.Ordinal), TimeSpan.FromSeconds(20));

        var after = await world.EnquiryAsync();
        after.Timeline.ShouldBe([.. before.Timeline, .. after.Timeline.Skip(before.Timeline.Count)]);
        after.Timeline.ShouldNotContain("note call");
        When_the_database_is_away.Dialled(world).ShouldBeEmpty();
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Should_tell_the_officer_to_stay_and_write_nothing_down_while_the_database_is_away(string how)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        var state = Forge(world, "CA00000000000000000000000000000077", how);
        world.TakeDatabaseAway();
        (await PostAsync(world, "/twilio/voice/chain-next?s=", state, "CA00000000000000000000000000000077")).Body.ShouldBe(Again(world));
        (await PostAsync(world, "/twilio/voice/chain-menu?s=", state, "CA00000000000000000000000000000077")).Body.ShouldBe(Again(world));
        (await PostAsync(world, "/twilio/voice/chain-message?s=", state, "CA00000000000000000000000000000077")).Body.ShouldBe(Again(world));

        Directory.GetFiles(world.Journals).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("chain-offer", "altered")]
    [InlineData("chain-offer", "too old")]
    [InlineData("chain-key", "sealed with another token")]
    [InlineData("chain-key", "no state")]
    public async Task Should_connect_no_adviser(string door, string how)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        var state = Forge(world, "CA00000000000000000000000000000077", how);
        world.TakeDatabaseAway();

        var (status, body) = await PostAsync(world, $"/twilio/voice/{door}?n=1&s=", state, "CA00000000000000000000000000000078", ("Digits", "1"));

        (status, body).ShouldBe((HttpStatusCode.OK, "<Response>\n  <Hangup />\n</Response>"));
        Directory.GetFiles(world.Journals).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("chain-next")]
    [InlineData("chain-key")]
    public async Task Should_refuse_a_state_of_ours_that_twilio_did_not_send(string door)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await world.CallAsync();
        var before = await world.EnquiryAsync();
        var state = Seal(world, call.Sid, world.Twilio.AuthToken, age: TimeSpan.Zero);

        var (status, body) = await PostAsync(world, $"/twilio/voice/{door}?n=1&s=", state, call.Sid, ("Digits", "1"), signedWith: "another");

        (status, body).ShouldBe((HttpStatusCode.Forbidden, ""));
        (await world.EnquiryAsync()).Timeline.ShouldBe(before.Timeline);
    }

    private static string Again(World world) =>
        $"<Response>\n  <Say voice=\"Polly.Amy\" language=\"en-GB\">Please stay on the line. We are connecting you.</Say>\n  <Pause length=\"2\" />\n  <Redirect>{world.Nodes[0].Services.GetRequiredService<TwilioAddresses>().Of("/twilio/voice").Replace("&", "&amp;", StringComparison.Ordinal)}</Redirect>\n</Response>";

    private static string Forge(World world, string call, string how) => how switch
    {
        "altered" => Seal(world, call, world.Twilio.AuthToken, TimeSpan.Zero) is var good && good[60] == 'A' ? $"{good[..60]}B{good[61..]}" : $"{good[..60]}A{good[61..]}",
        "sealed with another token" => Seal(world, call, "another", TimeSpan.Zero),
        "of another call" => Seal(world, "CA00000000000000000000000000000099", world.Twilio.AuthToken, TimeSpan.Zero),
        "too old" => Seal(world, call, world.Twilio.AuthToken, TimeSpan.FromHours(6)),
        _ => "nothing",
    };

    private static string Seal(World world, string call, string token, TimeSpan age)
    {
        var now = world.Now.ToInstant();
        return new ChainSeal(new TwilioSettings { AccountSid = world.Twilio.AccountSid, AuthToken = token }, new FakeTimeProvider(world.Now - age)).Seal(new ChainState
        {
            Enquiry = Guid.NewGuid(),
            Line = PhoneNumber.Parse(World.Line),
            From = PhoneNumber.Parse(World.Officer),
            OfficerCall = call,
            Because = ChainBecause.RestFails,
            OpenedAt = now,
            Began = now,
            HeldUntil = now + Duration.FromMinutes(15),
            Desk = "extradition",
            Rung = ["cedar"],
            Dials = 1,
            Dial = new ChainDial(1, "cedar", "named in the policy", 1, 1, Duration.FromSeconds(20), now),
        });
    }

    /// <summary>Twilio is made to ask there what the officer's leg does next.</summary>
    private static async Task RedirectAsync(World world, PhoneCall call, string target)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{world.Twilio.AccountSid}:{world.Twilio.AuthToken}")));
        using var form = new FormUrlEncodedContent([new("Url", world.Balancer.Url + target)]);
        using var answer = await http.PostAsync(
            new Uri(world.Twilio.BaseAddress, $"/2010-04-01/Accounts/{world.Twilio.AccountSid}/Calls/{call.Sid}.json"), form, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(
        World world, string target, string state, string callSid, (string Name, string Value)? more = null, string? signedWith = null)
    {
        List<KeyValuePair<string, string>> fields = [new("CallSid", callSid), new("CallStatus", "in-progress"), new("From", World.Officer), new("To", World.Line)];
        if (more is { } field)
        {
            fields.Add(new(field.Name, field.Value));
        }

        using var content = new FormUrlEncodedContent(fields);
        content.Headers.Add("X-Twilio-Signature", Sign($"{world.Balancer.Url}{target}{state}", fields, signedWith ?? world.Twilio.AuthToken));
        using var answer = await world.Nodes[0].Http.PostAsync(new Uri(target + state, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Twilio signs so.")]
    private static string Sign(string url, IEnumerable<KeyValuePair<string, string>> fields, string token) => Convert.ToBase64String(HMACSHA1.HashData(
        Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(url + string.Concat(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value)))));
}
