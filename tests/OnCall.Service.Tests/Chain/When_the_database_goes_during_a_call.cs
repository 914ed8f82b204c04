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
}
