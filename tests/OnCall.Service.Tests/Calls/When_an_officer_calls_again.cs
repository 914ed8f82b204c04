using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Twilio;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_an_officer_calls_again(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_go_on_with_the_enquiry_at_the_step_it_had_reached(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        var first = await HangUpAtTheSecondStepAsync(world);
        world.Phone(Books.Cedar).Script = Scripts.Takes();

        var again = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => again.ConnectedWith.Count > 0);

        var enquiry = await world.EnquiryAsync();
        again.Words.ShouldStartWith($"You called about enquiry {enquiry.SpokenRef}. Press 1 to go on with it, or 2 for a new enquiry. Hold to go on.");
        again.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Cedar);
        world.Rings(Books.Ash).ShouldBe(1, "the first step was through");
        enquiry.State.ShouldBe("accepted");
        enquiry.Timeline.Count(line => line.StartsWith("received", StringComparison.Ordinal)).ShouldBe(2);
        first.Sid.ShouldNotBe(again.Sid);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_open_a_new_enquiry_on_key_2()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await HangUpAtTheSecondStepAsync(world);

        var again = await AnswerAsync(world, "2");
        await world.UntilAsync(() => again.Position == "gathering");
        again.Press("2");
        await world.UntilAsync(() => world.Phone(Books.Dogwood).Ringing is not null);

        (await world.EnquiriesAsync()).Select(enquiry => enquiry.State).ShouldBe(["paging", "abandoned"]);
        world.ShouldBeFlawless();
    }

    /// <summary>Twilio cannot be asked to end the former line: who is still on it does not hold for an expert who is led to the other one.</summary>
    [Fact]
    public async Task Should_say_so_on_the_line_of_before_and_end_it()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        var first = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        var fault = world.Twilio.Faults.Error500BeforeActing(times: null, request => request.Path.Contains(first.Sid, StringComparison.Ordinal));
        var again = await AnswerAsync(world, "1");
        await world.UntilAsync(() => first.IsOver);

        fault.Hits.ShouldBePositive();
        first.Words.ShouldEndWith($"Your number has called again since, so this line ends here. If it was not you who called, please call again. Your reference is {(await world.EnquiryAsync()).SpokenRef}.");
        await world.UntilAsync(() => again.ConnectedWith.Count > 0);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ring_the_one_who_has_it_first()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Birch).Script = Scripts.Takes();
        var first = await world.CallAsync();
        await world.UntilAsync(() => first.ConnectedWith.Count > 0);
        first.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(30));

        var again = await AnswerAsync(world, "1");
        await world.UntilAsync(() => again.ConnectedWith.Count > 0);

        again.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Birch);
        world.Rings(Books.Ash).ShouldBe(1);
        (await world.EnquiryAsync()).Owner.ShouldBe("birch");
        world.ShouldBeFlawless();
    }

    /// <summary>A mobile that loses its network in the middle of a talk: Twilio does not know it yet.</summary>
    [Theory, Nodes]
    public async Task Should_go_on_with_the_talk_whose_former_line_counts_as_there_still(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var first = await world.CallAsync();
        await world.UntilAsync(() => first.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(10));

        var again = await AnswerAsync(world, "1");
        await world.UntilAsync(() => again.ConnectedWith.Count > 0 && first.IsOver);
        await world.PassAsync(TimeSpan.FromMinutes(1));

        again.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        (again.IsOver, world.Rings(Books.Ash)).ShouldBe((false, 1), world.Story());
        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
        again.HangUp();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls[0].IsOver);
        await world.PassAsync(TimeSpan.FromSeconds(5));
        world.Texts(Books.Ash).ShouldContain(text => text.StartsWith("When done", StringComparison.Ordinal));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_open_a_new_enquiry_without_a_key_while_the_line_is_in_use()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var first = await world.CallAsync();
        await world.PassAsync(TimeSpan.FromSeconds(5));

        var second = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => second.WasTold("press 1. For"));

        second.Words.ShouldContain("Hold for a new one.");
        (first.IsOver, (await world.EnquiriesAsync()).Count).ShouldBe((false, 2));
    }

    [Fact]
    public async Task Should_not_ask_after_ten_minutes_nor_where_the_number_is_withheld()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var first = await world.CallAsync();
        first.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(30));

        var withheld = await world.CallAsync(withheld: true);
        withheld.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(10));
        var late = await world.CallAsync();

        withheld.Words.ShouldNotContain("You called about");
        late.Words.ShouldNotContain("You called about");
        (await world.EnquiriesAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Should_lose_nothing_when_the_answer_to_the_question_is_lost()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes: 2);
        await HangUpAtTheSecondStepAsync(world);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        var fault = world.Twilio.Faults.LoseWebhookAnswers(1, webhook => webhook.Url.Contains("/voice/again", StringComparison.Ordinal));

        var again = await AnswerAsync(world, "1");
        await world.UntilAsync(() => again.ConnectedWith.Count > 0);

        fault.Hits.ShouldBePositive();
        (await world.EnquiryAsync()).Owner.ShouldBe("cedar");
    }

    /// <summary>The phone shows the number from which its texts came, and so it is dialled.</summary>
    [Fact]
    public async Task Should_go_on_with_it_on_the_number_of_the_lines_texts()
    {
        const string textNumber = "+447700900300";
        await using var world = await World.StartAsync(databases, Books.OneDesk().Replace("name: National advice line", $"sms: \"{textNumber}\"\n    name: National advice line", StringComparison.Ordinal));
        var addresses = world.Nodes[0].Services.GetRequiredService<TwilioAddresses>();
        world.Twilio.AddNumber(textNumber, addresses.Of("/twilio/voice"), addresses.Of("/twilio/sms"), statusCallback: addresses.Of("/twilio/status/call"));
        var first = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        first.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var again = world.Phone(World.Officer).Dial(textNumber);
        await world.UntilAsync(() => again.ConnectedWith.Count > 0);

        var enquiry = await world.EnquiryAsync();
        again.Words.ShouldStartWith($"You called about enquiry {enquiry.SpokenRef}.");
        again.ConnectedWith.ShouldHaveSingleItem().From.ShouldBe(World.Line);
        world.Texts(World.Officer).ShouldBeEmpty();
        world.ShouldBeFlawless();
    }

    private static async Task<Simulator.PhoneCall> HangUpAtTheSecondStepAsync(World world)
    {
        var first = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Cedar).Ringing is not null);
        first.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(2));
        return first;
    }

    private static async Task<Simulator.PhoneCall> AnswerAsync(World world, string key)
    {
        var again = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => again.WasTold("You called about"));
        again.Press(key);
        return again;
    }
}
