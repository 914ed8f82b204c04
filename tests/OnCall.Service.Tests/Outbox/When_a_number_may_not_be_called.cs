using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Outbox;

public sealed class When_a_number_may_not_be_called(TestDatabase databases)
{
    /// <summary>A freephone number: outside the default of OnCall:AllowedDestinations.</summary>
    private const string Freephone = "+448081570001";

    [Fact]
    public async Task Should_never_ring_an_adviser_there()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(ash: Freephone));

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.IsOver);
        await world.PassAsync(TimeSpan.FromMinutes(3));

        world.Twilio.Requests.ShouldNotContain(request => request.Form["To"] == Freephone);
        call.Words.ShouldContain("an expert will call you back");
        (await world.EnquiryAsync()).Timeline.ShouldContain("page-failed ash call");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ring_it_where_the_settings_allow_it()
    {
        await using var world = await World.StartAsync(
            databases, Books.OneDesk(ash: Freephone), settings: ["--OnCall:AllowedDestinations=+447,+44808"]);
        world.Phone(Freephone).Script = Scripts.Takes();

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        world.Rings(Freephone).ShouldBe(1);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_promise_no_officer_a_call_there_but_ask_for_a_message_and_tell_the_adviser()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var call = world.Phone(Freephone).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(10));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Phone(Books.Ash).Calls is [_, { IsOver: true }], TimeSpan.FromMinutes(5));

        world.Rings(Freephone).ShouldBe(0);
        call.Words.ShouldNotContain("on the number you are calling from");
        var adviser = world.Phone(Books.Ash).Calls[1].Words;
        adviser.ShouldContain("please ring it yourself: 0, 8, 0, 8, 1, 5, 7, 0, 0, 0, 1. Press 1 to hear the message again");
        adviser.ShouldContain("this service may not ring the number. If you have not spoken, please ring it yourself: 0, 8, 0, 8, 1, 5, 7, 0, 0, 0, 1.");
        world.Texts(Books.Ash).ShouldContain(text => text.Contains(Freephone, StringComparison.Ordinal));
        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ask_an_officer_who_wants_to_be_called_back_for_another_number()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var call = world.Phone(Freephone).Dial(World.Line);
        await world.UntilAsync(() => call.WasTold("press star"));
        call.Press("*");
        await world.UntilAsync(() => call.WasTold("key in the number"));
        call.Press("07700900201#");
        await world.UntilAsync(() => call.WasTold("We will call you back on 0, 7, 7, 0, 0, 9, 0, 0, 2, 0, 1."));
        call.Press("1");
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        await world.UntilAsync(() => world.Rings("+447700900201") > 0, TimeSpan.FromMinutes(5));
        world.Rings(Freephone).ShouldBe(0);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_promise_no_call_there_while_the_database_is_away()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(), gated: true);
        world.TakeDatabaseAway();
        var call = world.Phone(Freephone).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "recording", TimeSpan.FromMinutes(2));
        await world.PassAsync(TimeSpan.FromSeconds(10));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);
        await world.GiveDatabaseBackAsync();

        call.Words.ShouldNotContain("on the number you are calling from");
        world.Phone(Books.Ash).Script = Scripts.Takes();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls.Any(rung => rung.WasTold("his service may not ring the officer")), TimeSpan.FromMinutes(5));
        world.Rings(Freephone).ShouldBe(0);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_text_a_number_of_nobody_more_than_20_times_an_hour()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(World.Officer).Text(World.Line, "How do I extradite somebody?");
        await world.PassAsync(TimeSpan.FromSeconds(5));
        world.Phone(Books.Ash).Text(World.Line, "1");
        for (var text = 1; text <= 23; text++)
        {
            await world.PassAsync(TimeSpan.FromSeconds(60));
            world.Phone(Books.Ash).Text(World.Line, $"Thought {text} of it.");
        }

        await world.PassAsync(TimeSpan.FromSeconds(20));
        world.Texts(World.Officer).Count.ShouldBe(20);
        await world.PassAsync(TimeSpan.FromHours(1));
        world.Phone(Books.Ash).Text(World.Line, "And now?");
        await world.PassAsync(TimeSpan.FromSeconds(20));
        world.Texts(World.Officer).Count.ShouldBe(21);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_count_what_Twilio_did_not_take()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Twilio.Faults.TooManyRequests429(1000, request => request is { Method: "POST", Path: "/Messages.json" });
        world.Phone(World.Officer).Text(World.Line, "How do I extradite somebody?");
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Texts(World.Officer).ShouldBeEmpty();
        world.Twilio.Faults.Clear();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        var texts = world.Texts(World.Officer);
        texts.ShouldContain(text => text.StartsWith("Your enquiry is", StringComparison.Ordinal));
        (await world.ReadAsync($"SELECT count(*)::text FROM sendings WHERE destination = '{World.Officer}'")).ShouldBe([$"{texts.Count}"]);
    }
}
