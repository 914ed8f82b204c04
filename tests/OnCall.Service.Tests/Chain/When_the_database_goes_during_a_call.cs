using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

/// <summary>Calls that are under way when PostgreSQL goes.</summary>
public sealed class When_the_database_goes_during_a_call(TestDatabase databases)
{
    [Fact]
    public async Task Should_lead_an_officer_who_is_held_onto_the_chain_and_tell_the_same_enquiry()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        var call = await world.CallAsync();
        var before = await world.EnquiryAsync();
        world.TakeDatabaseAway();
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0, TimeSpan.FromMinutes(3));

        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Cedar);
        call.Words.ShouldContain($"Please hold while we ring the expert on duty. Your reference is {before.SpokenRef}.");
        await world.GiveDatabaseBackAsync();
        await world.PassAsync(TimeSpan.FromSeconds(5));
        var enquiry = await world.EnquiryAsync();
        enquiry.Ref.ShouldBe(before.Ref);
        enquiry.Owner.ShouldBe("cedar");
    }

    /// <summary>Progress of a call that is known tells nothing new: the database is not asked.</summary>
    [Fact]
    public async Task Should_take_the_progress_of_an_advisers_call_that_it_knows()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(2));
        var progress = world.Balancer.Passed.Where(passed => passed.Target.Contains("/status/page", StringComparison.Ordinal)).ToList();
        progress.ShouldNotBeEmpty();
        world.TakeDatabaseAway();

        foreach (var passed in progress)
        {
            using var answer = await world.Balancer.RepeatAsync(passed);
            ((int)answer.StatusCode).ShouldBe(204, passed.Target);
        }
    }

    [Fact]
    public async Task Should_not_connect_an_adviser_who_presses_1_and_say_so_when_it_lasts()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.Phone(Books.Ash).Script = Scripts.Listens();
        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Phone(Books.Ash).Calls is [{ } offered] && offered.WasTold("Press 1"));
        world.TakeDatabaseAway();
        var adviser = world.Phone(Books.Ash).Calls[0];
        adviser.Press("1");
        await world.UntilAsync(() => adviser.WasTold("Please stay on the line"));
        await world.UntilAsync(() => adviser.IsOver);

        adviser.WasConnected().ShouldBeFalse();
        adviser.Words.ShouldEndWith("this call cannot be connected just now. The officer is led on to an expert. Thank you. Goodbye.");
        call.IsOver.ShouldBeFalse();
    }

    [Fact]
    public async Task Should_go_on_as_if_nothing_had_been_when_it_is_back_within_seconds()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        var call = await world.CallAsync();
        world.TakeDatabaseAway();
        await world.PassAsync(TimeSpan.FromSeconds(5));
        await world.GiveDatabaseBackAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        When_the_database_is_away.Dialled(world).ShouldBeEmpty();
        (await world.EnquiryAsync()).Owner.ShouldBe("cedar");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_end_a_talk_that_ends_with_the_adviser_as_at_any_time(bool comesBackAtOnce)
    {
        await using var world = await TalkingAsync();
        var call = world.Phone(World.Officer).Calls[0];
        world.TakeDatabaseAway();
        world.Phone(Books.Ash).Calls[0].HangUp();
        await world.UntilAsync(() => call.WasTold("line has ended"));
        await world.PassAsync(TimeSpan.FromSeconds(2));
        if (comesBackAtOnce)
        {
            await world.GiveDatabaseBackAsync();
        }

        call.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(20));
        await world.GiveDatabaseBackAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        When_the_database_is_away.Dialled(world).ShouldBeEmpty();
        var enquiry = await world.EnquiryAsync();
        (enquiry.State, enquiry.Owner).ShouldBe(("accepted", "ash"), world.Story());
        world.Texts(Books.Ash).Count(text => text.StartsWith("When done", StringComparison.Ordinal)).ShouldBe(1);
        world.Texts(Books.Ash).ShouldNotContain(text => text.Contains("hung up", StringComparison.Ordinal));
        world.ShouldRingNobodyTwiceAtOnce();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_ring_the_adviser_again_whose_line_dropped(bool comesBackAtOnce)
    {
        await using var world = await TalkingAsync();
        var call = world.Phone(World.Officer).Calls[0];
        world.TakeDatabaseAway();
        world.Phone(Books.Ash).Calls[0].HangUp();
        await world.UntilAsync(() => call.WasTold("line has ended"));
        if (comesBackAtOnce)
        {
            await world.GiveDatabaseBackAsync();
        }

        await world.UntilAsync(() => world.Phone(Books.Ash).Calls is [_, { ConnectedWith.Count: > 0 }], TimeSpan.FromMinutes(2));
        When_the_database_is_away.Dialled(world).Count.ShouldBe(comesBackAtOnce ? 0 : 1);
        await world.GiveDatabaseBackAsync();
        await world.PassAsync(TimeSpan.FromSeconds(20));

        var enquiry = await world.EnquiryAsync();
        (enquiry.State, enquiry.Owner).ShouldBe(("accepted", "ash"), world.Story());
        call.Words.Split("line has ended").Length.ShouldBe(2, "it is said once");
        enquiry.Timeline.Count(line => line == "accepted ash call").ShouldBe(2, string.Join('\n', enquiry.Timeline));
        call.IsOver.ShouldBeFalse();
    }

    private async Task<World> TalkingAsync()
    {
        var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(5));
        return world;
    }
}
