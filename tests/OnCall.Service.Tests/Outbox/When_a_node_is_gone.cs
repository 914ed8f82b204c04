using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OnCall.Service.Outbox;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Outbox;

public sealed class When_a_node_is_gone(TestDatabase databases)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_ring_once_whether_or_not_it_had_asked_for_the_page_that_it_had_claimed(bool asked)
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        await world.Twilio.Faults.SetReachableAsync(false);
        world.Phone(World.Officer).Dial(World.Line);

        var page = await ClaimAsGoneNodeAsync(world);
        await world.Twilio.Faults.SetReachableAsync(true);
        if (asked)
        {
            await AskAsync(world, page);
        }

        await world.UntilAsync(() => world.Phone(Books.Ash).Ringing is not null);
        await world.PassAsync(TimeSpan.FromSeconds(10));

        world.Rings(Books.Ash).ShouldBe(1, world.Story());
        (await world.EnquiryAsync()).Timeline.Count(line => line == "page-sent ash call").ShouldBe(1);
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_ring_at_once_when_the_answer_was_lost_that_told_the_node_what_it_had_claimed()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(), gated: true);
        var isLost = world.LoseOfDatabase("\"is\": \"place-call\"");
        world.Phone(World.Officer).Dial(World.Line);

        // What is claimed looks busy to the world: here the clock moves all the same.
        await AdvanceUntilAsync(isLost, "the answer is lost");
        var lost = world.Now;
        await AdvanceUntilAsync(() => world.Phone(Books.Ash).Ringing is not null, "the phone rings");

        (world.Now - lost).ShouldBeLessThan(TimeSpan.FromSeconds(40), world.Story());
        await world.SettleAsync();
        world.Rings(Books.Ash).ShouldBe(1, world.Story());
        world.ShouldBeFlawless();

        Task AdvanceUntilAsync(Func<bool> isSo, string what) => RealTime.UntilAsync(() =>
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(20));
            return isSo();
        }, what);
    }

    [Fact]
    public async Task Should_go_on_with_the_rest_when_a_newer_node_left_an_effect_that_nobody_here_knows()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        await using var source = NpgsqlDataSource.Create(world.ConnectionString);
        await using var command = source.CreateCommand("""
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
            SELECT gen_random_uuid(), lane, true, '{"is":"of-tomorrow"}', 'epoch', 0 FROM generate_series(0, 2) AS lane;
            NOTIFY oncall_work;
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        await world.PassAsync(TimeSpan.FromSeconds(40));

        world.Texts(Books.Ash).ShouldContain(text => text.Contains("is yours"));
        await using var left = source.CreateCommand("SELECT count(*) FROM outbox WHERE effect ->> 'is' = 'of-tomorrow'");
        (await left.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(3L, "they wait for a node that knows them");
    }

    [Fact]
    public async Task Should_have_the_others_look_at_once_for_what_a_node_leaves_undone_that_stops()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(), nodes: 2);
        await using var source = NpgsqlDataSource.Create(world.ConnectionString);
        await world.PassAsync(TimeSpan.FromSeconds(2));

        // Nobody is told of it, as when a decision is the last that a node saves; and no time passes on the clock by which they would look by themselves.
        await using var command = source.CreateCommand($$"""
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
            VALUES (gen_random_uuid(), 2, false, '{"is":"send-text","to":"{{Books.Ash}}","from":"{{World.Line}}","body":"left behind","adviser":"ash"}', 'epoch', 0)
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await world.StopNodeAsync(world.Nodes[0]);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await world.Twilio.WaitForAsync(() => world.Twilio.Messages.Any(text => text.Body == "left behind"), patience.Token);
    }

    [Fact]
    public async Task Should_claim_nothing_more_in_any_lane_once_it_stops_although_one_request_takes_long()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk());
        await using var source = NpgsqlDataSource.Create(world.ConnectionString);
        var slow = world.Twilio.Faults.Slow(TimeSpan.FromSeconds(2), times: 1, request => request is { Method: "POST", Path: "/Calls.json" });
        world.Phone(World.Officer).Dial(World.Line);
        await world.UntilAsync(() => slow.Hits == 1);

        var stopping = world.Nodes[0].Services.GetServices<IHostedService>().OfType<Lanes>().Single().StopAsync(TestContext.Current.CancellationToken);
        await using var command = source.CreateCommand($$"""
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
            SELECT gen_random_uuid(), lane, true, '{"is":"send-text","to":"{{Books.Ash}}","from":"{{World.Line}}","body":"left to others","adviser":"ash"}', 'epoch', 0 FROM generate_series(0, 2) AS lane;
            NOTIFY oncall_work;
            """);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        // By small steps: ten seconds after it was asked for, what Twilio answered after two must have been read.
        await RealTime.UntilAsync(() =>
        {
            world.Time.Advance(TimeSpan.FromSeconds(0.025));
            return stopping.IsCompleted;
        }, "the lanes stop");

        (await world.ReadAsync("SELECT effect ->> 'is' FROM outbox")).ShouldBe(["send-text", "send-text", "send-text"]);
    }

    /// <summary>The page waits for Twilio; a node takes it, and is gone.</summary>
    /// <returns>The page's id.</returns>
    private static async Task<string> ClaimAsGoneNodeAsync(World world)
    {
        await using var source = NpgsqlDataSource.Create(world.ConnectionString);
        string? page = null;
        await RealTime.UntilAsync(async () =>
        {
            await world.PassAsync(TimeSpan.FromSeconds(0.1));
            await using var command = source.CreateCommand("""
                UPDATE outbox SET owner = 1, lease_until = $1, attempts = attempts + 1 WHERE owner IS NULL AND effect ->> 'is' = 'place-call'
                RETURNING effect ->> 'page'
                """);
            command.Parameters.Add(new() { Value = world.Time.GetUtcNow() + TimeSpan.FromSeconds(60) });
            page = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string;
            return page is not null;
        }, "a page waits for Twilio");
        return page!;
    }

    /// <summary>What the node that is gone had asked of Twilio just before.</summary>
    private static async Task AskAsync(World world, string page)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{world.Twilio.AccountSid}:{world.Twilio.AuthToken}")));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["To"] = Books.Ash,
            ["From"] = World.Line,
            ["Url"] = $"{world.Balancer.Url}/twilio/voice/offer?s={page}",
            ["Timeout"] = "20",
        });
        using var answer = await http.PostAsync(
            new Uri(world.Twilio.BaseAddress, $"2010-04-01/Accounts/{world.Twilio.AccountSid}/Calls.json"), form, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
