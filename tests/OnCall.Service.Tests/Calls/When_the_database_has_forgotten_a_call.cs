using Microsoft.Extensions.DependencyInjection;
using OnCall.Core.Escalation;
using OnCall.Service.Escalation;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calls;

/// <summary>A standby took over that had not got the last seconds, or a backup was restored: legs are there of which the database knows nothing.</summary>
public sealed class When_the_database_has_forgotten_a_call(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_open_the_enquiry_of_who_holds_anew(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.WasTold("Please hold"));
        var before = await world.EnquiryAsync();
        await ForgetAsync(world);

        await world.UntilAsync(() => call.Position == "gathering", TimeSpan.FromMinutes(2));
        world.Phone(Books.Ash).Script = Scripts.Takes();
        call.Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        (await world.EnquiryAsync()).Id.ShouldNotBe(before.Id);
        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
    }

    [Fact]
    public async Task Should_open_the_enquiry_of_who_is_in_the_menu_anew()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.Position == "gathering");
        await ForgetAsync(world);

        call.Press("1");
        await world.PassAsync(TimeSpan.FromSeconds(2));
        await world.UntilAsync(() => call.Position == "gathering", TimeSpan.FromMinutes(1));
        call.Press("1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
    }

    [Fact]
    public async Task Should_tell_the_adviser_who_picks_up_that_nobody_can_be_connected()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        await ForgetAsync(world);

        var page = world.Phone(Books.Ash).Ringing!;
        page.Answer();
        await world.UntilAsync(() => page.IsOver, TimeSpan.FromMinutes(1));

        page.Words.ShouldContain("this call cannot be connected just now", customMessage: world.Story());
    }

    [Fact]
    public async Task Should_know_an_advisers_call_by_Twilios_answer_although_its_first_callback_was_forgotten()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        var slow = world.Twilio.Faults.Slow(TimeSpan.FromSeconds(8), times: 1, request => request is { Method: "POST", Path: "/Calls.json" });
        world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        await world.UntilAsync("SELECT count(*) = 2 FROM legs");

        (await world.ReadAsync("""
            WITH legs AS (DELETE FROM legs WHERE call_sid = (SELECT document #>> '{pages,0,callSid}' FROM enquiries))
            UPDATE enquiries SET version = version - 1, document = jsonb_set(document #- '{pages,0,callSid}', '{pages,0,state}', '{"is": "requested"}') RETURNING 'forgotten'
            """)).ShouldBe(["forgotten"]);
        await world.PassAsync(TimeSpan.FromSeconds(10));

        slow.Hits.ShouldBe(1);
        (await world.ReadAsync("SELECT document #>> '{pages,0,callSid}' FROM enquiries")).ShouldBe([world.Phone(Books.Ash).Calls[0].Sid]);
    }

    [Fact]
    public async Task Should_not_take_what_a_node_remembers_for_the_change_that_was_stored_instead()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes: 2);
        await world.TextAsync(World.Officer, "How do I extradite somebody from Spain?");
        var id = Guid.Parse((await world.EnquiryAsync()).Id);
        await world.ReadAsync("CREATE TABLE kept AS SELECT version, document FROM enquiries");

        await NoteAsync(0, "forgotten");
        await world.ReadAsync("UPDATE enquiries SET version = kept.version, document = kept.document FROM kept");
        await NoteAsync(1, "stored instead");
        await NoteAsync(0, "later");

        (await world.ReadAsync("SELECT document ->> 'requests' FROM enquiries")).ShouldBe(["""["stored instead", "later"]"""]);

        async Task NoteAsync(int node, string request) =>
            (await world.Nodes[node].Services.GetRequiredService<Enquiries>().HappenedAsync(id, new EnquiryEvent.NoteWritten(request, "ash", request))).ShouldNotBeNull();
    }

    private static Task<IReadOnlyList<string>> ForgetAsync(World world) => world.ReadAsync(
        "WITH forgotten AS (DELETE FROM enquiries), legs AS (DELETE FROM legs), refs AS (DELETE FROM refs) DELETE FROM timeline RETURNING 'forgotten'");
}
