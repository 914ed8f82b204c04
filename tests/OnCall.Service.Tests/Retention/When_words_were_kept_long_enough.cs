using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Retention;

/// <summary>Words of texts and recorded messages are erased ninety days after their enquiry was closed, and the record remains.</summary>
public sealed class When_words_were_kept_long_enough(TestDatabase databases)
{
    private const string Words = "How do I extradite somebody from Spain?";
    private const string SecondOfficer = "+447700900202";

    [Fact]
    public async Task Should_erase_them_once_and_say_so()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(then: "voicemail"), nodes: 2);
        await LeaveMessageAsync(world);
        await world.TextAsync(World.Officer, Words);
        await world.TextAsync(Books.Birch, "1");
        await world.TextAsync(Books.Birch, "Use form E1");
        var first = (await world.EnquiriesAsync())[0];

        // A second one stays open: its words go by their own age.
        await world.TextAsync(SecondOfficer, "by when?");
        await world.TextAsync(Books.Birch, $"{(await world.EnquiriesAsync())[0].Ref} 1");
        await LeapAsync(world, days: 2);
        await world.TextAsync(Books.Birch, $"done {first.Ref} other");

        await world.ReadAsync("INSERT INTO quarantine (number, method, sender, code, since, until) SELECT '+447700900209', 0, '', 30005, at, at + interval '7 days' FROM sendings LIMIT 1 RETURNING number");
        await LeapAsync(world, days: 89);
        (await KeptAsync(world)).ShouldBe(["Use form E1", Words], ignoreOrder: true);
        await LeapAsync(world, days: 2);
        (await KeptAsync(world)).ShouldBeEmpty();

        var erased = await world.ReadAsync("SELECT actor || ' ' || subject || ' ' || cardinality(ids) || ' ' || after::text FROM audit WHERE kind = 'erased' ORDER BY id");
        erased.Where(entry => entry.Contains("words", StringComparison.Ordinal)).ShouldBe(
        [
            "oncall words of texts 1 {\"rule\": \"OnCall:KeepWords P90D\", \"count\": 1}",
            "oncall words of texts 1 {\"rule\": \"OnCall:KeepWords P90D\", \"count\": 2}",
        ]);
        (await world.ReadAsync("SELECT number FROM quarantine")).ShouldBeEmpty();
        (await world.ReadAsync("SELECT destination FROM sendings WHERE at < (SELECT max(at) - interval '3 days' FROM audit)")).ShouldBeEmpty();
        erased.Count(entry => entry.Contains("recorded messages 1", StringComparison.Ordinal)).ShouldBe(1);
        (await world.ReadAsync("SELECT sid FROM recordings WHERE sound IS NOT NULL")).ShouldBeEmpty();
        var still = (await world.EnquiriesAsync()).Single(enquiry => enquiry.Id == first.Id);
        still.Timeline.ShouldContain("message-in sms");

        // Who takes over the one that is open learns that there were words.
        var second = (await world.EnquiriesAsync()).Single(enquiry => enquiry.From == SecondOfficer);
        await world.TextAsync(Books.Birch, $"{second.Ref} pass records");
        await world.TextAsync(Books.Dogwood, "1");
        world.Texts(Books.Dogwood).ShouldContain($"{second.Ref} officer: (these words were erased, as they were kept long enough)", world.Story());
    }

    [Fact]
    public async Task Should_go_on_after_a_node_that_did_not_know_how_to_erase()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.UntilAsync("SELECT EXISTS (SELECT FROM qrtz_triggers WHERE trigger_name = 'erase')");

        // To a node of an earlier version, the job is one that it does not have.
        await world.ReadAsync("UPDATE qrtz_job_details SET job_class_name = 'OnCall.Service.Retention.LaterJob, OnCall.Service' WHERE job_name = 'erase' RETURNING job_name");
        await LeapAsync(world, days: 2);
        (await StateAsync(world)).ShouldBe(["ERROR"]);

        await world.StopNodeAsync(world.Nodes[0]);
        await world.StartNodeAsync();
        await world.UntilAsync("SELECT EXISTS (SELECT FROM qrtz_triggers WHERE trigger_name = 'erase' AND trigger_state = 'WAITING')");
    }

    private static Task<IReadOnlyList<string>> StateAsync(World world) => world.ReadAsync("SELECT trigger_state FROM qrtz_triggers WHERE trigger_name = 'erase'");

    /// <summary>A call that nobody takes, whose message is heard, and which is closed.</summary>
    private static async Task LeaveMessageAsync(World world)
    {
        var call = await world.CallAsync(from: "+447700900203");
        call.Press("#");
        await world.UntilAsync(() => call.Position == "recording");
        await world.PassAsync(TimeSpan.FromSeconds(5));
        call.HangUp();
        await world.UntilAsync("SELECT EXISTS (SELECT FROM recordings)");
        await world.UntilAsync("SELECT document -> 'stage' ->> 'is' = 'owed' FROM enquiries");
        await world.AskAsync(HttpMethod.Post, $"enquiries/{(await world.EnquiryAsync()).Ref}/close", new { outcome = "other" });
        await world.PassAsync(TimeSpan.FromMinutes(1));
    }

    private static Task<IReadOnlyList<string>> KeptAsync(World world) => world.ReadAsync("SELECT body FROM words WHERE body IS NOT NULL");

    private static async Task LeapAsync(World world, int days)
    {
        world.Time.Advance(TimeSpan.FromDays(days));
        await world.PassAsync(TimeSpan.FromSeconds(5));
    }
}
