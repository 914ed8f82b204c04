using OnCall.Core.People;
using OnCall.Service.Twilio;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

/// <summary>No node answers, and Twilio's fallback address rings the duty phones and takes a message: nobody here hears of it, until it is looked for at Twilio.</summary>
public sealed class When_a_call_was_answered_by_the_fallback(TestDatabase databases)
{
    private const string Another = "+447700900202";
    private const string Third = "+447700900203";

    /// <summary>It is looked at every two minutes of the world's clock, which may go on while a look is under way.</summary>
    private static readonly TimeSpan Looked = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Should_ring_for_who_left_a_message_and_play_it()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases);
        var called = world.Now;
        await ShouldPlayMessageAndCallBackAsync(world);

        var enquiry = (await world.EnquiriesAsync()).Single(one => one.From == Another);
        enquiry.Owner.ShouldBe("ash");
        enquiry.Timeline.ShouldContain("voicemail-left");
        (await world.ReadAsync("SELECT opened_at::text FROM enquiries ORDER BY opened_at DESC LIMIT 1"))[0].ShouldStartWith($"{called:yyyy-MM-dd HH:mm:ss}");
        world.Twilio.Recordings.ShouldAllBe(recording => recording.Status == "deleted");
        world.Texts(Another).ShouldHaveSingleItem().ShouldStartWith($"Your enquiry is {enquiry.Ref}.");
        await world.PassAsync(TimeSpan.FromMinutes(10));
        (await world.EnquiriesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_chase_the_message_of_a_caller_in_doubt()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases, $"\nblocked:\n  - {{ number: \"{Another}\", reason: abusive calls }}\n");
        await ShouldPlayMessageAndCallBackAsync(world);

        (await world.EnquiriesAsync()).Single(one => one.From == Another).Owner.ShouldBe("ash");
    }

    [Fact]
    public async Task Should_tell_the_advisers_of_who_hung_up_before_anybody_answered()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases);
        var call = world.Phone(Another).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.ServeNodes();
        await world.UntilAsync(() => world.Texts(Books.Ash).Any(TellsOfHangUp), Looked);

        var enquiry = (await world.EnquiriesAsync()).Single(one => one.From == Another);
        (enquiry.State, enquiry.Owner).ShouldBe(("abandoned", "chase"));
        world.Texts(Books.Ash).ShouldContain($"{enquiry.Ref} (Extradition): the officer hung up before anybody took the call. Please call back: {Another}. Reply 1 to take it.");
        await world.PassAsync(TimeSpan.FromMinutes(10));
        (await world.EnquiriesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_leave_it_at_that_where_somebody_answered_or_the_officer_has_called_again()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases);
        world.Phone(Books.Ash).Script = Scripts.Listens();
        var talked = world.Phone(Another).Dial(World.Line);
        await world.UntilAsync(() => talked.ConnectedWith.Count > 0);
        talked.HangUp();
        world.Phone(Books.Ash).Script = Callee.NoAnswer();
        var gaveUp = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        gaveUp.HangUp();
        world.ServeNodes();
        world.Phone(World.Officer).Dial(World.Line);
        await world.PassAsync(TimeSpan.FromMinutes(10));

        (await world.EnquiriesAsync()).ShouldAllBe(enquiry => enquiry.From == World.Officer);
        (await world.EnquiriesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_write_down_the_others_where_one_cannot_be()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases);
        var longest = await LeaveMessageAsync(world, Another, TimeSpan.FromSeconds(20));
        var fault = world.Twilio.Faults.Error500BeforeActing(times: null, request => request is { Method: "GET" } && request.Path.StartsWith($"/Calls/{longest.Sid}", StringComparison.Ordinal));
        await LeaveMessageAsync(world, Third, TimeSpan.FromSeconds(8));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.ServeNodes();
        await world.PassAsync(Looked);

        fault.Hits.ShouldBePositive();
        (await world.EnquiriesAsync()).Select(enquiry => enquiry.From).ShouldBe([World.Officer, Third], ignoreOrder: true);

        world.Twilio.Faults.Clear();
        await world.PassAsync(Looked);
        (await world.EnquiriesAsync()).Select(enquiry => enquiry.From).ShouldBe([World.Officer, Third, Another], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_ring_for_a_message_although_somebody_still_has_this_mornings_enquiry_of_that_number()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases);
        await LeaveMessageAsync(world, World.Officer, TimeSpan.FromSeconds(8));
        world.ServeNodes();
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [.., { Direction: "outbound-api", ConnectedWith.Count: > 0 }], Looked);

        world.Phone(Books.Ash).Calls[^1].Heard.ShouldContain(heard => heard.Kind == "play");
        (await world.EnquiriesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Should_tell_of_who_hung_up_although_somebody_still_has_this_mornings_enquiry_of_that_number()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases);
        await HangUpAsync(world, World.Officer);
        world.ServeNodes();
        await world.UntilAsync(() => world.Texts(Books.Ash).Any(TellsOfHangUp), Looked);

        var enquiry = (await world.EnquiriesAsync()).Single(one => one.State == "abandoned");
        world.Texts(Books.Ash).ShouldContain($"{enquiry.Ref} (Extradition): the officer hung up before anybody took the call. Please call back: {World.Officer}. Reply 1 to take it.");
    }

    [Fact]
    public async Task Should_chase_a_message_of_an_officer_who_had_hung_up_before()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases);
        await CallAndHangUpAsync(world, Another);
        await LeaveMessageAsync(world, Another, TimeSpan.FromSeconds(8));
        world.ServeNodes();
        await world.PassAsync(TimeSpan.FromMinutes(4));
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Phone(Another).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Phone(Another).Calls is [.., { Direction: "outbound-api", ConnectedWith.Count: > 0 }], Looked);

        world.Phone(Books.Ash).Calls[^1].Heard.ShouldContain(heard => heard.Kind == "play");
        await world.PassAsync(TimeSpan.FromMinutes(10));
        (await world.EnquiriesAsync()).Single(one => one.From == Another).Timeline.Count(line => line.StartsWith("received", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Should_tell_whoever_has_it_that_the_officer_called_again_and_hung_up()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases);
        world.ServeNodes();
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var talked = world.Phone(Another).Dial(World.Line);
        await world.UntilAsync(() => talked.ConnectedWith.Count > 0);
        talked.HangUp();
        world.Phone(Books.Ash).Script = Callee.NoAnswer();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        await HangUpAsync(world, Another);
        world.ServeNodes();
        await world.PassAsync(TimeSpan.FromMinutes(10));

        var enquiry = (await world.EnquiriesAsync()).Single(one => one.From == Another);
        (enquiry.State, enquiry.Owner).ShouldBe(("accepted", "ash"));
        enquiry.Timeline.Count(line => line == "received call").ShouldBe(2);
        world.Texts(Books.Ash).Count(text => text == $"{enquiry.Ref} (Extradition): the officer called again, and hung up before anybody answered. Please call back: {Another}.").ShouldBe(1);
    }

    [Fact]
    public async Task Should_tell_the_advisers_again_where_the_officer_had_hung_up_before()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases);
        await CallAndHangUpAsync(world, Another);
        await world.PassAsync(TimeSpan.FromMinutes(7));
        var before = world.Texts(Books.Ash).Count;
        world.ServeNodes();
        var asked = world.Phone(Another).Dial(World.Line);
        await world.UntilAsync(() => asked.WasTold("to go on"));
        asked.HangUp();
        await world.UntilAsync(() => world.Texts(Books.Ash).Count > before, Looked);

        var enquiry = (await world.EnquiriesAsync()).Single(one => one.From == Another);
        enquiry.State.ShouldBe("abandoned");
        enquiry.Timeline.Count(line => line == "received call").ShouldBe(2);
        world.Texts(Books.Ash).Skip(before).ShouldHaveSingleItem().ShouldBe(
            $"{enquiry.Ref} (Extradition): the officer hung up before anybody took the call. Please call back: {Another}. Reply 1 to take it.");
    }

    [Fact]
    public async Task Should_keep_both_messages_of_one_call()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await StartAsync(site, databases);
        var call = world.Phone(Another).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "recording", TimeSpan.FromMinutes(2));
        await world.PassAsync(TimeSpan.FromSeconds(8));
        call.Press("#");
        await world.UntilAsync(() => call.Position != "recording");
        await world.UntilAsync(() => call.Position == "recording", TimeSpan.FromMinutes(2));
        await world.PassAsync(TimeSpan.FromSeconds(5));
        call.HangUp();
        world.ServeNodes();
        await world.UntilAsync(() => world.Twilio.Recordings.Count(recording => recording.Status == "deleted") == 2, Looked);

        (await world.ReadAsync("SELECT sid FROM recordings")).Count.ShouldBe(2);
        (await world.ReadAsync("SELECT detail FROM timeline WHERE detail LIKE 'the officer left another message%'")).ShouldHaveSingleItem();
        world.Twilio.Recordings.ShouldAllBe(recording => recording.Status == "deleted");
    }

    private static bool TellsOfHangUp(string text) => text.Contains("the officer hung up before anybody took the call", StringComparison.Ordinal);

    /// <summary>A line that has been called before, of which no node answers now.</summary>
    private static async Task<World> StartAsync(StaticSite site, TestDatabase databases, string more = "")
    {
        var world = await World.StartAsync(databases, Books.OneDesk() + more, fallbackUrl: site.Url);
        site.Document = FallbackTwiml.Document([PhoneNumber.Parse(Books.Ash)], [Language.English]);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var before = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => before.ConnectedWith.Count > 0);
        before.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(11));
        world.Phone(Books.Ash).Script = Callee.NoAnswer();
        world.Balancer.Serve();
        return world;
    }

    private static async Task<PhoneCall> LeaveMessageAsync(World world, string officer, TimeSpan length)
    {
        var call = world.Phone(officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "recording", TimeSpan.FromMinutes(2));
        await world.PassAsync(length);
        call.HangUp();
        return call;
    }

    /// <summary>An officer leaves a message, nodes answer again, and who is rung for it takes it.</summary>
    private static async Task ShouldPlayMessageAndCallBackAsync(World world)
    {
        await LeaveMessageAsync(world, Another, TimeSpan.FromSeconds(8));
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.ServeNodes();
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Phone(Another).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Phone(Another).Calls is [_, { ConnectedWith.Count: > 0 }], Looked);

        world.Phone(Books.Ash).Calls[^1].Heard.ShouldContain(heard => heard.Kind == "play");
    }

    /// <summary>The fallback rings a phone, and the officer hangs up.</summary>
    private static async Task HangUpAsync(World world, string officer)
    {
        world.Balancer.Serve();
        var call = world.Phone(officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>The same, while nodes answer.</summary>
    private static async Task CallAndHangUpAsync(World world, string officer)
    {
        world.ServeNodes();
        var call = world.Phone(officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Balancer.Serve();
    }
}
