using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Escalation;

public sealed class When_a_call_is_explained(TestDatabase databases)
{
    [Fact]
    public async Task Should_ring_in_a_call_whom_the_plan_names_in_that_order()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var plan = (await AskAsync(world, $"{World.Line}/plan?key=1")).Answer;

        var call = await world.CallAsync("1");
        await world.UntilAsync(() => call.IsOver);

        var planned = plan.GetProperty("steps").EnumerateArray().Select(step => string.Join(' ', step.GetProperty("advisers").EnumerateArray().Select(adviser => adviser.GetProperty("id").GetString())));
        planned.ShouldBe(["ash birch", "cedar"]);
        var enquiry = await world.EnquiryAsync();
        enquiry.Timeline.Where(line => line.StartsWith("page-sent", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(["page-sent ash call", "page-sent birch call", "page-sent cedar call"]);
        plan.GetProperty("steps")[0].GetProperty("advisers")[0].GetProperty("reason").GetString().ShouldBe("rota Extradition, first on call, layer ash");
        plan.GetProperty("steps")[0].GetProperty("advisers")[1].GetProperty("reason").GetString().ShouldBe("rota Extradition, first on call, override 1 by birch");
        plan.GetProperty("steps")[1].GetProperty("after").GetString().ShouldBe("PT20S");
        plan.GetProperty("ends").GetString().ShouldBe("PT40S");
        plan.GetProperty("then").GetString().ShouldBe("callback");
        plan.GetProperty("chase").EnumerateArray().Select(wait => wait.GetString()).ShouldBe(["PT2M", "PT5M", "PT10M"]);
    }

    [Theory]
    [InlineData("+442079460101/plan?key=8", HttpStatusCode.BadRequest)]
    [InlineData("+442079460101/plan?at=tomorrow", HttpStatusCode.BadRequest)]
    [InlineData("+442079460199/plan", HttpStatusCode.NotFound)]
    [InlineData("442079460101/plan?at=2027-03-28T01:30:00Z", HttpStatusCode.OK)]
    public async Task Should_say_what_is_wrong_with_a_question(string question, HttpStatusCode expected)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        (await AskAsync(world, question)).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task Should_tell_the_past_by_the_book_that_was_in_force_then()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.PassAsync(TimeSpan.FromMinutes(10));
        await world.PublishAsync(Books.OneDesk());

        foreach (var (at, first) in ((string, string)[])[("09:05", "ash birch"), ("09:10", "ash"), ("09:20", "ash"), ("08:00", "ash")])
        {
            var plan = (await AskAsync(world, $"{World.Line}/plan?at=2026-11-25T{at}:00Z")).Answer;
            string.Join(' ', plan.GetProperty("steps")[0].GetProperty("advisers").EnumerateArray().Select(adviser => adviser.GetProperty("id").GetString())).ShouldBe(first, at);
        }

        // A key that the line had then.
        (await AskAsync(world, $"{World.Line}/plan?at=2026-11-25T09:05:00Z&key=2")).Answer.GetProperty("desk").GetString().ShouldBe("records");
    }

    [Fact]
    public async Task Should_tell_afterwards_what_happened()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Cedar).Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        var enquiry = await world.EnquiryAsync();

        var (exitCode, output, _) = await OnCallCommand.RunAsync(["replay", enquiry.Ref, $"--ConnectionStrings:OnCall={world.ConnectionString}"], TestContext.Current.CancellationToken);
        var missing = await OnCallCommand.RunAsync(["replay", "none", $"--ConnectionStrings:OnCall={world.ConnectionString}"], TestContext.Current.CancellationToken);

        exitCode.ShouldBe(0);
        var lines = output.Split('\n');
        lines[0].ShouldBe($"Enquiry {enquiry.Ref}, accepted, routine");
        lines[1].ShouldBe("  Wed 25 Nov 2026 09:00:00 GMT  A call came in: number not known.");
        output.ShouldContain("Alex Ash (ash) was rung: rota Extradition, first on call, layer ash.");
        output.ShouldContain("Chris Cedar (cedar) took it.");
        output.ShouldContain("The officer and Chris Cedar (cedar) were connected.");
        output.ShouldNotContain("+44");
        (missing.ExitCode, missing.Errors).ShouldBe((1, "oncall: No enquiry has the ref none.\n"));
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(World world, string question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/lines/{question}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        using var answer = await world.Nodes[0].Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }
}
