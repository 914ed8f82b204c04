using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Twilio;
using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

/// <summary>New calls while PostgreSQL cannot be reached, and what the record says of them once it is back.</summary>
public sealed class When_the_database_is_away(TestDatabase databases)
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public async Task Should_ring_the_right_adviser_connect_them_and_have_ref_and_timeline_afterwards(int nodes, bool silently)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes, gated: true);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.TakeDatabaseAway(silently);

        var call = await ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        call.Words.ShouldBe(
            "This is the national advice line.\nFor extradition, press 1. For foreign records, press 2. Or hold for the duty desk.\n"
            + "Please hold while we ring the expert on duty. Your reference follows by text.");
        await world.PassAsync(TimeSpan.FromMinutes(silently ? 1 : 10));
        call.ConnectedWith.ShouldHaveSingleItem();
        await world.GiveDatabaseBackAsync();
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("accepted");
        enquiry.Owner.ShouldBe("ash");
        enquiry.From.ShouldBe(World.Officer);
        enquiry.Timeline.ShouldBe(
            ["received call", "note call", "desk-chosen", "page-sent ash call", "page-answered ash call", "accepted ash call", "bridged ash call"], ignoreOrder: true);
        world.Texts(World.Officer).ShouldHaveSingleItem().ShouldStartWith($"Your enquiry is {enquiry.Ref}.");
        world.Texts(Books.Ash).Count.ShouldBe(2, world.Story());

        // Both are due in the same instant, and go out beside each other.
        world.Texts(Books.Ash).ShouldContain(text => text.StartsWith($"{enquiry.Ref} is yours", StringComparison.Ordinal));
        world.Texts(Books.Ash).ShouldContain(text => text.StartsWith("When done", StringComparison.Ordinal));
        Directory.GetFiles(world.Journals).ShouldBeEmpty();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_repeat_the_menu_after_a_wrong_key_and_lead_to_the_desk_of_the_right_one()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.TakeDatabaseAway();

        var call = await ChooseAsync(world, "7");
        await world.UntilAsync(() => call.WasTold("that key leads nowhere"));
        await world.UntilAsync(() => call.Position == "gathering");
        call.Press("2");
        await world.UntilAsync(() => world.Phone(Books.Dogwood).Ringing is not null);

        world.Phone(Books.Ash).Calls.ShouldBeEmpty();
        await world.GiveDatabaseBackAsync();
        (await world.EnquiryAsync()).Desk.ShouldBe("records");
    }

    [Fact]
    public async Task Should_dial_step_by_step_and_owe_a_call_back_when_nobody_answers()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 2), gated: true);
        world.TakeDatabaseAway();

        var call = await ChooseAsync(world, "1");
        await world.UntilAsync(() => call.IsOver, TimeSpan.FromMinutes(5));

        Dialled(world).ShouldBe([Books.Ash, Books.Birch, Books.Cedar, Books.Ash, Books.Birch, Books.Cedar]);
        call.Words.ShouldContain("an expert will call you back on the number you are calling from. Your reference follows by text.");
        await world.GiveDatabaseBackAsync();
        var enquiry = await world.EnquiryAsync();
        (enquiry.State, enquiry.Owner).ShouldBe(("unanswered", "chase"));

        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(5));
        enquiry = await world.EnquiryAsync();
        enquiry.Owner.ShouldBe("cedar");
        enquiry.Timeline.Count(line => line.StartsWith("page-expired", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(6);
        world.Twilio.Problems.ShouldBeEmpty(world.Story());
    }

    [Fact]
    public async Task Should_not_connect_the_officer_with_a_voicemail()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.Phone(Books.Ash).Script = Scripts.Voicemail();
        world.Phone(Books.Birch).Script = Scripts.Takes();
        world.TakeDatabaseAway();

        var call = await ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Birch);
        world.Phone(Books.Ash).Calls.ShouldHaveSingleItem().WasConnected().ShouldBeFalse();
        await world.GiveDatabaseBackAsync();
        var enquiry = await world.EnquiryAsync();
        enquiry.Owner.ShouldBe("birch");
        enquiry.Timeline.ShouldContain("page-expired ash call");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ring_nobody_again_who_passed()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 2), gated: true);
        foreach (var adviser in new[] { Books.Ash, Books.Birch, Books.Cedar })
        {
            world.Phone(adviser).Script = Scripts.Passes();
        }

        world.TakeDatabaseAway();
        var call = await ChooseAsync(world, "1");
        await world.UntilAsync(() => call.IsOver, TimeSpan.FromMinutes(5));

        Dialled(world).ShouldBe([Books.Ash, Books.Birch, Books.Cedar]);
        world.Phone(Books.Ash).Calls[0].Words.ShouldEndWith("Passed on. Thank you. Goodbye.");
        await world.GiveDatabaseBackAsync();
        var enquiry = await world.EnquiryAsync();
        enquiry.Timeline.Where(line => line.StartsWith("page-declined", StringComparison.Ordinal)).ShouldBe(
            ["page-declined ash call", "page-declined birch call", "page-declined cedar call"]);
        enquiry.Owner.ShouldBe("chase");
    }

    /// <summary>The phone shows the number from which its texts came, and so it is dialled.</summary>
    [Fact]
    public async Task Should_take_a_call_to_the_number_of_the_lines_texts_as_one_to_the_line()
    {
        const string textNumber = "+447700900300";
        await using var world = await World.StartAsync(
            databases, Books.TwoDesks().Replace("name: National advice line", $"sms: \"{textNumber}\"\n    name: National advice line", StringComparison.Ordinal), gated: true);
        var addresses = world.Nodes[0].Services.GetRequiredService<TwilioAddresses>();
        world.Twilio.AddNumber(textNumber, addresses.Of("/twilio/voice"), addresses.Of("/twilio/sms"), statusCallback: addresses.Of("/twilio/status/call"));
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.TakeDatabaseAway();

        var call = world.Phone(World.Officer).Dial(textNumber);
        await world.UntilAsync(() => call.Position == "gathering");
        call.Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        await world.GiveDatabaseBackAsync();
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        (await world.ReadAsync("SELECT line FROM enquiries")).ShouldBe([World.Line]);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_text_those_who_were_rung_when_the_officer_hung_up()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.TakeDatabaseAway();

        var call = await ChooseAsync(world, "1");
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(30));
        world.Phone(Books.Ash).Calls.ShouldHaveSingleItem().IsOver.ShouldBeTrue();
        await world.GiveDatabaseBackAsync();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        (await world.EnquiryAsync()).State.ShouldBe("abandoned");
        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldContain("the officer hung up before anybody took the call. Please call back");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_take_a_message_from_a_withheld_number_and_keep_it()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(), gated: true);
        world.TakeDatabaseAway();

        var call = world.Phone(World.Officer).Dial(World.Line, withheld: true);
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(5));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);
        call.Words.ShouldEndWith("Your message is kept, and an expert will call you back. The expert will tell you your reference.");
        await world.GiveDatabaseBackAsync();
        await world.PassAsync(TimeSpan.FromSeconds(30));

        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("voicemail");
        enquiry.Timeline.ShouldContain("voicemail-left");
        (await world.ReadAsync("SELECT sid FROM recordings")).ShouldHaveSingleItem();
        world.ShouldBeFlawless();
    }

    /// <summary>The node that asked for the message died while it was spoken, with its disk.</summary>
    [Fact]
    public async Task Should_owe_an_answer_to_a_message_although_what_led_to_it_is_lost()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(), gated: true);
        world.TakeDatabaseAway();
        var call = world.Phone(World.Officer).Dial(World.Line, withheld: true);
        await world.UntilAsync(() => call.Position == "recording");
        await world.StopNodeAsync(world.Nodes[0]);
        Array.ForEach(Directory.GetFiles(world.Journals), File.Delete);
        await world.StartNodeAsync();
        await world.GiveDatabaseBackAsync();

        await world.PassAsync(TimeSpan.FromSeconds(5));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);

        var enquiry = await world.EnquiryAsync();
        (enquiry.State, enquiry.Owner).ShouldBe(("voicemail", "chase"));
        call.Words.ShouldContain("Your message is kept, and an expert will call you back.");
    }

    [Theory, Nodes]
    public async Task Should_lead_the_officer_to_the_usual_queue_when_the_database_is_back(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes, gated: true);
        world.TakeDatabaseAway();

        var call = await ChooseAsync(world, "1");
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        await world.GiveDatabaseBackAsync();
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        await world.UntilAsync(() => call.Position.StartsWith("queue", StringComparison.Ordinal), TimeSpan.FromMinutes(1));
        var enquiry = await world.EnquiryAsync();
        call.Words.ShouldContain(enquiry.SpokenRef);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Cedar);
        (await world.EnquiryAsync()).Owner.ShouldBe("cedar");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_answer_the_menu_in_the_usual_way_when_the_database_is_back_by_then()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.TakeDatabaseAway();
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");
        await world.GiveDatabaseBackAsync();

        call.Press("2");
        await world.UntilAsync(() => call.Position.StartsWith("queue", StringComparison.Ordinal));

        var enquiry = await world.EnquiryAsync();
        enquiry.Desk.ShouldBe("records");
        call.Words.ShouldContain(enquiry.SpokenRef);
        world.Rings(Books.Dogwood).ShouldBe(1);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_change_nothing_by_webhooks_that_come_twice()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes: 2, gated: true);
        world.Balancer.Copies = 2;
        world.Phone(Books.Birch).Script = Scripts.Takes();
        world.TakeDatabaseAway();

        var call = await ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(30));
        await world.GiveDatabaseBackAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        world.Balancer.Differences.ShouldBeEmpty();
        Dialled(world).ShouldBe([Books.Ash, Books.Birch]);
        var enquiry = await world.EnquiryAsync();
        enquiry.Timeline.ShouldBe(
            ["received call", "note call", "desk-chosen", "page-sent ash call", "page-expired ash call", "page-sent birch call", "page-answered birch call", "accepted birch call", "bridged birch call"],
            ignoreOrder: true);
        world.Texts(World.Officer).ShouldHaveSingleItem();
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_tell_the_record_what_a_node_had_written_down_that_is_gone()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes: 2, gated: true);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.TakeDatabaseAway();
        var call = await ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        var left = Directory.GetFiles(world.Journals);
        left.Length.ShouldBe(2);
        left.ShouldAllBe(path => IsHeld(path), "each is written by a node that lives");

        // Both, as one that lives takes up within the second what the other left.
        await world.StopNodeAsync(world.Nodes[1]);
        await world.StopNodeAsync(world.Nodes[0]);
        foreach (var path in left)
        {
            new FileInfo(path).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldNotContain("447700");
        }

        await world.StartNodeAsync();
        await world.GiveDatabaseBackAsync();
        Directory.GetFiles(world.Journals).ShouldBeEmpty();

        var enquiry = await world.EnquiryAsync();
        enquiry.Owner.ShouldBe("ash");
        enquiry.Timeline.Count(line => line == "accepted ash call").ShouldBe(1);
        enquiry.Timeline[0].ShouldBe("received call");
    }

    /// <summary>A process has it open that lets nobody else open it.</summary>
    private static bool IsHeld(string path)
    {
        try
        {
            File.OpenRead(path).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>The officer calls, and presses a key at the end of the menu.</summary>
    internal static async Task<PhoneCall> ChooseAsync(World world, string key)
    {
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");
        call.Press(key);
        return call;
    }

    /// <summary>Whom officers' own documents dialled, in order.</summary>
    internal static IReadOnlyList<string> Dialled(World world) => [.. world.Twilio.Calls.Where(call => call.Direction == "outbound-dial").Select(call => call.To)];
}
