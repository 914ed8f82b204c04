using System.Net.Http.Headers;
using System.Text;
using Npgsql;
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

    /// <summary>The page waits for Twilio; a node takes it, and is gone.</summary>
    /// <returns>The page's id.</returns>
    private static async Task<string> ClaimAsGoneNodeAsync(World world)
    {
        await using var source = NpgsqlDataSource.Create(world.ConnectionString);
        while (true)
        {
            await world.PassAsync(TimeSpan.FromSeconds(0.1));
            await using var command = source.CreateCommand("""
                UPDATE outbox SET owner = 1, lease_until = $1, attempts = attempts + 1 WHERE owner IS NULL AND effect ->> 'is' = 'place-call'
                RETURNING effect ->> 'page'
                """);
            command.Parameters.Add(new() { Value = world.Time.GetUtcNow() + TimeSpan.FromSeconds(60) });
            if (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is string page)
            {
                return page;
            }
        }
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
