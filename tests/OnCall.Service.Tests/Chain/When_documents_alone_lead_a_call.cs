using OnCall.Service.Tests.Calls;
using OnCall.Simulator;
using OnCall.Testing;
using Xunit;

namespace OnCall.Service.Tests.Chain;

/// <summary>The documents of the chain, as they are checked in.</summary>
public sealed class When_documents_alone_lead_a_call(TestDatabase databases)
{
    [Fact]
    public async Task Should_greet_ask_dial_one_after_another_and_promise()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.Phone(Books.Ash).Script = Callee.Answers(TimeSpan.FromSeconds(1)).ThenPresses("5", TimeSpan.FromSeconds(2)).ThenPresses("2", TimeSpan.FromSeconds(4));
        world.Phone(Books.Birch).Script = Scripts.Listens(2);
        world.TakeDatabaseAway();

        var call = await When_the_database_is_away.ChooseAsync(world, "7");
        await world.UntilAsync(() => call.WasTold("that key leads nowhere"));
        await world.UntilAsync(() => call.Position == "gathering");
        call.Press("1");
        await world.UntilAsync(() => call.IsOver, TimeSpan.FromMinutes(5));

        TwimlSnapshot.Compare(world, "chain-greeting-and-menu", "voice");
        TwimlSnapshot.Compare(world, "chain-menu-after-a-wrong-key", "voice/chain-menu", asked => asked["Digits"] == "7");
        TwimlSnapshot.Compare(world, "chain-dials-the-first", "voice/chain-menu", asked => asked["Digits"] == "1");
        TwimlSnapshot.Compare(world, "chain-dials-the-next", "voice/chain-next");
        TwimlSnapshot.Compare(world, "chain-promises-a-call-back", "voice/chain-next", answer: body => body.Contains("We are sorry"));
        TwimlSnapshot.Compare(world, "chain-offer", "voice/chain-offer");
        TwimlSnapshot.Compare(world, "chain-offer-after-a-wrong-key", "voice/chain-key", asked => asked["Digits"] == "5");
        TwimlSnapshot.Compare(world, "chain-adviser-passed", "voice/chain-key", asked => asked["Digits"] == "2");
        TwimlSnapshot.Compare(world, "chain-adviser-pressed-nothing", "voice/chain-key", asked => asked["Digits"] == "");
    }

    [Fact]
    public async Task Should_connect_and_lead_on_when_the_advisers_line_drops()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.TakeDatabaseAway();
        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.ConnectedWith[0].HangUp();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls.Count == 2);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        TwimlSnapshot.Compare(world, "chain-adviser-took-it", "voice/chain-key", asked => asked["Digits"] == "1");
        TwimlSnapshot.Compare(world, "chain-whose-adviser-dropped", "voice/chain-next", answer: body => body.Contains("line has ended"));
        TwimlSnapshot.Compare(world, "chain-whose-officer-hung-up", "voice/chain-next", asked => asked["CallStatus"] == "completed");
    }

    [Fact]
    public async Task Should_take_a_message()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(), gated: true);
        world.TakeDatabaseAway();
        var call = world.Phone(World.Officer).Dial(World.Line, withheld: true);
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(5));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);

        TwimlSnapshot.Compare(world, "chain-of-a-line-with-one-desk", "voice");
        TwimlSnapshot.Compare(world, "chain-asks-for-a-message", "voice/chain-next", answer: body => body.Contains("<Record"));
        TwimlSnapshot.Compare(world, "chain-kept-a-message", "voice/chain-message");
    }

    [Fact]
    public async Task Should_lead_in_an_officer_who_was_held()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        var call = await world.CallAsync();
        world.TakeDatabaseAway();
        await world.UntilAsync(() => world.Twilio.Calls.Any(leg => leg.Direction == "outbound-dial"), TimeSpan.FromMinutes(2));
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        TwimlSnapshot.Compare(world, "chain-begins-with-the-hold-left", "voice/hold", answer: body => body.Contains("<Leave"));
        TwimlSnapshot.Compare(world, "chain-dials-the-first-for-one-who-was-held", "voice/officer", answer: body => body.Contains("<Dial"));
    }
}
