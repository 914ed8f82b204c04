using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

public sealed class When_an_officer_is_held(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_say_the_ref_and_speak_at_least_every_20_seconds(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 3), nodes);
        world.Phone(Books.Ash).Script = Scripts.Listens(17);
        world.Phone(Books.Cedar).Script = Scripts.Voicemail(3);

        var call = await world.CallAsync();
        await world.PassAsync(TimeSpan.FromSeconds(100));

        var enquiry = await world.EnquiryAsync();
        call.Words.ShouldContain($"Please hold while we ring the expert on duty. Your reference is {enquiry.SpokenRef}.");
        call.Words.ShouldContain("Thank you for holding.");
        var spoken = call.Heard.Where(heard => heard.Kind == "say").Select(heard => heard.At).Append(world.Time.GetUtcNow()).ToList();
        spoken.Zip(spoken.Skip(1), (one, next) => next - one).Max().ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(20), world.Story());
        var updates = call.Heard.Where(heard => heard.Text.StartsWith("Being answered", StringComparison.Ordinal)).Select(heard => heard.At).ToList();
        updates.Zip(updates.Skip(1), (one, next) => next - one).Min().ShouldBeGreaterThan(TimeSpan.FromSeconds(3), world.Story());
        call.Heard.ShouldContain(heard => heard.Kind == "play" && heard.Text.EndsWith("/hold.wav", StringComparison.Ordinal));
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_stop_the_ringing_when_the_officer_hangs_up(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);

        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null && world.Phone(Books.Birch).Ringing is not null);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(1));

        world.Phone(Books.Ash).Ringing.ShouldBeNull();
        world.Phone(Books.Birch).Ringing.ShouldBeNull();
        var enquiry = await world.EnquiryAsync();
        enquiry.State.ShouldBe("abandoned");
        enquiry.Owner.ShouldBe("chase");
        enquiry.Timeline.Count(line => line == "abandoned").ShouldBe(1);
        world.Rings(Books.Cedar).ShouldBe(0);
        world.ShouldBeFlawless();
    }

    [Theory, Nodes]
    public async Task Should_text_those_who_were_rung_and_remind_them_after_5_minutes(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);

        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null && world.Phone(Books.Birch).Ringing is not null);
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(4.9));

        var enquiry = await world.EnquiryAsync();
        var text = $"{enquiry.Ref} (Extradition): the officer hung up before anybody took the call. Please call back: {World.Officer}. Reply 1 to take it.";
        world.Texts(Books.Ash).ShouldBe([text]);
        world.Texts(Books.Birch).ShouldBe([text]);
        world.Texts(Books.Cedar).ShouldBeEmpty();

        await world.PassAsync(TimeSpan.FromMinutes(30));
        world.Texts(Books.Ash).ShouldBe([text, text]);
        world.Texts(Books.Birch).ShouldBe([text, text]);
        (await world.EnquiryAsync()).State.ShouldBe("abandoned");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_text_the_first_step_when_the_officer_hangs_up_in_the_menu()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(10));

        (await world.EnquiryAsync()).State.ShouldBe("abandoned");
        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldContain(World.Officer);
        world.Texts(Books.Birch).ShouldHaveSingleItem();
        world.Rings(Books.Ash).ShouldBe(0);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_tell_an_adviser_at_the_prompt_that_the_officer_has_gone()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Listens();

        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls is [{ } offered] && offered.WasTold("Press 1"));
        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(10));

        world.Phone(Books.Ash).Calls.ShouldHaveSingleItem().IsOver.ShouldBeTrue();
        world.Texts(Books.Ash).ShouldHaveSingleItem().ShouldContain("the officer hung up");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_not_hold_the_officer_longer_than_15_minutes()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(rounds: 50));

        var call = await world.CallAsync();
        var since = world.Time.GetUtcNow();
        await world.UntilAsync(() => call.IsOver, TimeSpan.FromMinutes(20));

        call.Words.ShouldContain("an expert will call you back");
        (call.SaidAt("an expert will call you back") - since).ShouldBe(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(15));
        (await world.EnquiryAsync()).State.ShouldBe("unanswered");
        world.ShouldBeFlawless();
    }
}
