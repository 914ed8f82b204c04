using OnCall.Simulator;
using OnCall.Testing;
using Xunit;

namespace OnCall.Service.Tests.Calls;

/// <summary>The documents that legs get, each compared with the file of its name below <c>Twiml</c>. A document that differs is written beside it, as <c>NAME.received.xml</c> in the output folder.</summary>
public sealed class When_a_leg_asks_what_to_do(TestDatabase databases)
{
    [Fact]
    public async Task Should_greet_ask_and_hold_the_officer()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Listens(19);

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");
        call.Press("7");
        await world.UntilAsync(() => call.Position == "gathering");
        call.Press("1");
        await world.UntilAsync(() => call.WasTold("Being answered"), TimeSpan.FromSeconds(60));
        await world.PassAsync(TimeSpan.FromSeconds(3));

        TwimlSnapshot.Compare(world, "officer-greeting-and-menu", "voice");
        TwimlSnapshot.Compare(world, "officer-menu-after-a-wrong-key", "voice/menu", asked => asked["Digits"] == "7");
        TwimlSnapshot.Compare(world, "officer-please-hold", "voice/menu", asked => asked["Digits"] == "1");
        TwimlSnapshot.Compare(world, "officer-hold-at-first", "voice/hold");
        TwimlSnapshot.Compare(world, "officer-hold-with-an-update", "voice/hold", answer: body => body.Contains("Thank you for holding"));
        TwimlSnapshot.Compare(world, "officer-hold-while-somebody-hears-the-prompt", "voice/hold", answer: body => body.Contains("Being answered"));
        TwimlSnapshot.Compare(world, "officer-hold-between-such-updates", "voice/hold", answer: body => !body.Contains("<Say"));
    }

    [Fact]
    public async Task Should_offer_the_call_to_advisers_and_connect_the_one_who_takes_it()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Callee.Answers(TimeSpan.FromSeconds(1)).ThenPresses("5", TimeSpan.FromSeconds(2)).ThenPresses("2", TimeSpan.FromSeconds(4));
        world.Phone(Books.Birch).Script = Scripts.Listens(2);
        world.Phone(Books.Cedar).Script = Scripts.Takes(13);

        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(Books.Cedar).Calls[0].HangUp();
        await world.UntilAsync(() => call.ConnectedWith is [{ IsOver: false }]);
        call.HangUp();
        await world.UntilAsync(() => world.Twilio.Calls.All(leg => leg.IsOver));

        TwimlSnapshot.Compare(world, "adviser-offer", "voice/offer");
        TwimlSnapshot.Compare(world, "adviser-offer-after-a-wrong-key", "voice/offer-key", asked => asked["Digits"] == "5");
        TwimlSnapshot.Compare(world, "adviser-passed", "voice/offer-key", asked => asked["Digits"] == "2");
        TwimlSnapshot.Compare(world, "adviser-pressed-nothing", "voice/offer-key", asked => asked["Digits"] == "");
        TwimlSnapshot.Compare(world, "adviser-enters-the-room", "voice/offer-key", asked => asked["Digits"] == "1");
        TwimlSnapshot.Compare(world, "officer-enters-the-room", "voice/officer", answer: body => body.Contains("<Conference"));
        TwimlSnapshot.Compare(world, "officer-whose-adviser-dropped", "voice/officer", answer: body => body.Contains("line has ended"));
        TwimlSnapshot.Compare(world, "officer-who-stayed", "voice/stayed");
        TwimlSnapshot.Compare(world, "adviser-whose-officer-hung-up", "voice/adviser", answer: body => body.Contains("The officer has hung up"));
    }

    [Fact]
    public async Task Should_tell_those_at_the_prompt_that_it_is_over()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Takes(9);
        world.Phone(Books.Birch).Script = Scripts.Listens(8);
        world.Phone(Books.Dogwood).Script = Scripts.Listens(2);
        world.Twilio.Faults.Error500BeforeActing(times: null, request => request.Path.StartsWith("/Calls/", StringComparison.Ordinal) && (request.Form["Url"] ?? "").Contains("/officer"));

        var taken = await world.CallAsync();
        await world.UntilAsync(() => taken.ConnectedWith.Count > 0);
        var abandoned = await world.CallAsync("2", "+447700900202");
        await world.UntilAsync(() => world.Phone(Books.Dogwood).Calls is [{ } offered] && offered.WasTold("Press 1"));
        abandoned.HangUp();
        await world.UntilAsync(() => world.Phone(Books.Dogwood).Calls[0].IsOver);

        TwimlSnapshot.Compare(world, "officer-hold-when-it-was-taken", "voice/hold", answer: body => body.Contains("<Leave"));
        TwimlSnapshot.Compare(world, "adviser-too-late", "voice/adviser", asked => asked["CallSid"] == world.Phone(Books.Birch).Calls[0].Sid);
        TwimlSnapshot.Compare(world, "adviser-at-the-prompt-when-the-officer-hung-up", "voice/adviser", asked => asked["CallSid"] == world.Phone(Books.Dogwood).Calls[0].Sid);
    }

    [Fact]
    public async Task Should_promise_a_call_back_and_make_it()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(5));

        TwimlSnapshot.Compare(world, "officer-greeting-of-a-line-with-one-desk", "voice");
        TwimlSnapshot.Compare(world, "officer-promise-of-a-call-back", "voice/officer", answer: body => body.Contains("We are sorry"));
        TwimlSnapshot.Compare(world, "adviser-offer-of-a-call-back", "voice/offer", answer: body => body.Contains("call back"));
        TwimlSnapshot.Compare(world, "adviser-took-a-call-back", "voice/offer-key", asked => asked["Digits"] == "1");
        TwimlSnapshot.Compare(world, "officer-called-back", "voice/back");
        TwimlSnapshot.Compare(world, "officer-called-back-enters-the-room", "voice/back-key");
    }

    [Fact]
    public async Task Should_tell_the_adviser_that_the_officer_cannot_be_reached()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.IsOver);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Listens();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls is [_, { IsOver: true }], TimeSpan.FromMinutes(5));

        TwimlSnapshot.Compare(world, "officer-called-back-pressed-nothing", "voice/back-key");
        TwimlSnapshot.Compare(world, "adviser-whose-officer-was-not-reached", "voice/adviser");
    }

    [Fact]
    public async Task Should_take_a_message()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"));
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(5));
        call.Press("#");
        await world.UntilAsync(() => call.IsOver);

        TwimlSnapshot.Compare(world, "officer-is-asked-for-a-message", "voice/officer");
        TwimlSnapshot.Compare(world, "officer-left-a-message", "voice/message");

        world.Phone(Books.Cedar).Script = Scripts.Takes();
        world.Phone(World.Officer).Script = Scripts.Takes();
        await world.UntilAsync(() => world.Phone(World.Officer).Calls is [_, { ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(5));

        TwimlSnapshot.Compare(world, "adviser-hears-the-message", "voice/offer-key", asked => asked["Digits"] == "1");
        TwimlSnapshot.Compare(world, "adviser-heard-the-message", "voice/heard");
    }

    [Fact]
    public async Task Should_ask_for_a_number_to_call_back_and_whether_a_later_call_goes_on()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 3));
        var call = await world.CallAsync();
        await world.PassAsync(TimeSpan.FromSeconds(3));
        call.Press("5");
        await world.UntilAsync(() => call.Heard.Count(heard => heard.Text.Contains("press star")) > 1);
        call.Press("*");
        await world.UntilAsync(() => call.WasTold("We will call you back"));
        call.Press("2");
        await world.UntilAsync(() => call.WasTold("Please key in the number"));
        call.Press("1#");
        await world.UntilAsync(() => call.WasTold("we cannot call that number"));
        call.Press("07700900299#");
        await world.UntilAsync(() => call.WasTold("9, 9. Press 1"));
        call.Press("1");
        await world.UntilAsync(() => call.IsOver);
        var again = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => again.WasTold("You called about"));

        TwimlSnapshot.Compare(world, "officer-held-pressed-another-key", "voice/hold-key", asked => asked["Digits"] == "5");
        TwimlSnapshot.Compare(world, "officer-held-pressed-star", "voice/hold-key", asked => asked["Digits"] == "*");
        TwimlSnapshot.Compare(world, "officer-gives-another-number", "voice/call-back", asked => asked["Digits"] == "2");
        TwimlSnapshot.Compare(world, "officer-gave-no-number", "voice/number", asked => asked["Digits"] == "1");
        TwimlSnapshot.Compare(world, "officer-gave-a-number", "voice/number", asked => asked["Digits"] == "07700900299");
        TwimlSnapshot.Compare(world, "officer-will-be-called-back", "voice/call-back", asked => asked["Digits"] == "1");
        TwimlSnapshot.Compare(world, "officer-who-calls-again", "voice", answer: body => body.Contains("You called about"));
    }

    [Fact]
    public async Task Should_answer_texts()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Text(World.Line, "1");
        await world.PassAsync(TimeSpan.FromSeconds(5));

        TwimlSnapshot.Compare(world, "text-nothing-to-take", "sms");
    }
}
