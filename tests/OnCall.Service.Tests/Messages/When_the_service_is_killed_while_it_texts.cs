using OnCall.Simulator;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Messages;

/// <summary>kill -9 of the real process, on the machine's clock, when an officer's text has come in and what it leads to is half sent.</summary>
public sealed class When_the_service_is_killed_while_it_texts(TestDatabase databases)
{
    private const string Words = "How do I extradite somebody from Spain?";

    [Fact]
    public async Task Should_send_the_pages_afterwards_and_the_receipt_no_second_time() => await KilledAsync(
        faults => faults.Error500BeforeActing(times: null, request => IsPage(request)),
        world => Receipts(world).Length == 1 && world.Twilio.Requests.Count(IsPage) >= 2);

    [Fact]
    public async Task Should_send_nothing_twice_of_which_twilio_had_not_answered() => await KilledAsync(
        faults => faults.Slow(TimeSpan.FromMinutes(10), times: null, request => request.Method == "POST"),
        world => Receipts(world).Length == 1 && new[] { Books.Ash, Books.Birch }.All(number => world.Phone(number).Inbox.Count == 1));

    /// <param name="arm">What keeps the texts from being sent, or their answers from coming.</param>
    /// <param name="isHalfSent">When the process is killed.</param>
    private async Task KilledAsync(Func<Faults, ArmedFault> arm, Func<LiveWorld, bool> isHalfSent)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await LiveWorld.StartAsync(databases, Books.TwoDesks(), stop);
        var fault = arm(world.Twilio.Faults);
        world.Phone(World.Officer).Text(World.Line, Words);
        await world.UntilAsync(() => isHalfSent(world));
        await world.KillProcessAsync();
        fault.Hits.ShouldBeGreaterThan(0);
        world.Twilio.Faults.Clear();

        await world.StartProcessAsync();
        await world.UntilAsync(() => new[] { Books.Ash, Books.Birch }.All(number => world.Phone(number).Inbox.Count > 0));
        await world.UntilAsync("SELECT count(*) = 0 FROM outbox");
        world.Phone(Books.Ash).Text(World.Line, "1");
        await world.UntilAsync(() => world.Phone(Books.Ash).Inbox.Any(text => text.Body.EndsWith($"officer: {Words}", StringComparison.Ordinal)));

        Receipts(world).ShouldHaveSingleItem(world.Twilio.Story());
        foreach (var adviser in new[] { Books.Ash, Books.Birch })
        {
            world.Phone(adviser).Inbox.Count(text => text.Body.Contains("Reply 1 to take it", StringComparison.Ordinal)).ShouldBe(1, world.Twilio.Story());
        }
    }

    /// <summary>Where the machine is slow, the webhook itself may have answered already that the text has come: that is none.</summary>
    private static string[] Receipts(LiveWorld world) => [.. world.Phone(World.Officer).Inbox.Select(text => text.Body).Where(body => body.StartsWith("Your enquiry is", StringComparison.Ordinal))];

    private static bool IsPage(RestRequest request) => request.Form["Body"]?.Contains("Reply 1 to take it", StringComparison.Ordinal) == true;
}
