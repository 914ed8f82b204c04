using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Escalation;

public sealed class When_a_coordinator_changes_an_enquiry(TestDatabase databases)
{
    private const string Words = "wants it by noon";

    [Fact]
    public async Task Should_ring_the_other_desk_while_the_officer_holds()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var call = await world.CallAsync();
        await world.UntilAsync(() => world.Rings(Books.Ash) == 1);

        var (status, answer) = await AskAsync(world, Roles.Coordinator, "pass", new { desk = "records" });

        status.ShouldBe(HttpStatusCode.OK);
        answer.GetProperty("desk").GetString().ShouldBe("records");
        await world.UntilAsync(() => world.Rings(Books.Dogwood) == 1);
        call.Position.ShouldStartWith("queue");
        (await world.EnquiryAsync()).Timeline.ShouldContain(line => line.StartsWith("passed", StringComparison.Ordinal));
        var entry = (await EntriesAsync(world, "enquiry-changed")).ShouldHaveSingleItem();
        (entry.Actor, entry.Before!.Contains("\"extradition\""), entry.After!.Contains("\"records\"")).ShouldBe(("the-coordinator", true, true));
        entry.Ids.ShouldContain((await world.EnquiryAsync()).Ref);
    }

    [Theory]
    [InlineData("pass", "{}", "desk")]
    [InlineData("pass", """{"desk":"records","adviser":"ash"}""", "desk")]
    [InlineData("pass", """{"desk":"nothing"}""", "desk")]
    [InlineData("pass", """{"adviser":"nobody"}""", "adviser")]
    [InlineData("notes", "{}", "note")]
    [InlineData("notes", """{"note":"a \u0000 b"}""", "note")]
    [InlineData("close", """{"outcome":"other","note":"a \u0000 b"}""", "note")]
    [InlineData("close", """{"outcome":" "}""", "outcome")]
    [InlineData("close", """{"outcome":"other","notes":"x"}""", "notes")]
    [InlineData("notes", """{"note":"x","text":"y"}""", "text")]
    [InlineData("pass", """{"desk":"records","to":"ash"}""", "to")]
    public async Task Should_name_the_field_that_is_wrong_and_change_nothing(string wish, string body, string field)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.CallAsync();
        var before = (await world.EnquiryAsync()).Timeline.Count;

        var (status, answer) = await AskAsync(world, Roles.Coordinator, wish, JsonSerializer.Deserialize<JsonElement>(body));

        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe([field]);
        (await world.EnquiryAsync()).Timeline.Count.ShouldBe(before);
    }

    [Fact]
    public async Task Should_say_what_to_do_where_an_adviser_talks_with_the_officer()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        var (status, answer) = await AskAsync(world, Roles.Coordinator, "pass", new { desk = "records" });

        status.ShouldBe(HttpStatusCode.Conflict);
        answer.GetProperty("detail").GetString()!.ShouldContain("Ask the adviser to end the call first");
        (await EntriesAsync(world, "enquiry-changed")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_keep_a_note_once_under_one_name_and_show_it_to_those_alone_who_may_see_words()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.CallAsync();

        await AskAsync(world, Roles.Coordinator, "notes", new { note = Words }, "n1");
        var (status, _) = await AskAsync(world, Roles.Coordinator, "notes", new { note = Words }, "n1");

        status.ShouldBe(HttpStatusCode.OK);
        (await world.EnquiryAsync()).Timeline.Count(line => line.StartsWith("note", StringComparison.Ordinal)).ShouldBe(1);
        foreach (var (role, sees) in new[] { (Roles.Reader, false), (Roles.Coordinator, false), (Roles.Auditor, true), (Roles.Administrator, true) })
        {
            await ShouldShowAsync(world, role, sees);
        }
    }

    [Fact]
    public async Task Should_change_nothing_of_what_has_changed_since_it_was_read()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.CallAsync();
        await world.SettleAsync();
        var path = $"enquiries/{(await world.EnquiryAsync()).Ref}";
        using var read = await SendAsync(world, Roles.Coordinator, HttpMethod.Get, path, body: null, name: null);
        var tag = read.Headers.ETag!.Tag;

        using var noted = await SendAsync(world, Roles.Coordinator, HttpMethod.Post, $"{path}/notes", new { note = "seen" }, "n1", tag);
        using var again = await SendAsync(world, Roles.Coordinator, HttpMethod.Post, $"{path}/notes", new { note = "seen" }, "n1", tag);
        using var stale = await SendAsync(world, Roles.Coordinator, HttpMethod.Post, $"{path}/pass", new { desk = "records" }, null, tag);

        noted.StatusCode.ShouldBe(HttpStatusCode.OK);
        noted.Headers.ETag!.Tag.ShouldNotBe(tag);
        again.StatusCode.ShouldBe(HttpStatusCode.OK, "a repeat is answered as the first time");
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await stale.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("etag").GetString().ShouldBe(noted.Headers.ETag!.Tag);
        (await world.EnquiryAsync()).Desk.ShouldBe("extradition");
    }

    /// <summary>Both are answered with the enquiry, as a reading is.</summary>
    [Fact]
    public async Task Should_write_down_as_a_reading_what_shows_it_and_changes_nothing()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.CallAsync();
        await world.SettleAsync();
        var path = $"enquiries/{(await world.EnquiryAsync()).Ref}";
        using var noted = await SendAsync(world, Roles.Coordinator, HttpMethod.Post, $"{path}/notes", new { note = "seen" }, "n1", null);
        var before = await ReadingsAsync();

        using var again = await SendAsync(world, Roles.Coordinator, HttpMethod.Post, $"{path}/notes", new { note = "seen" }, "n1", null);
        (await ReadingsAsync()).ShouldBe(before + 1);

        using var stale = await SendAsync(world, Roles.Coordinator, HttpMethod.Post, $"{path}/notes", new { note = "x" }, null, "\"0\"");
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await ReadingsAsync()).ShouldBe(before + 2);

        async Task<int> ReadingsAsync() => (await world.AskAsync(HttpMethod.Get, "audit?kind=enquiry-read")).GetProperty("items").GetArrayLength();
    }

    [Fact]
    public async Task Should_close_what_nobody_has_taken_and_no_officer_waits_for()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.TextAsync(World.Officer, "how do I extradite somebody");
        var path = $"enquiries/{(await world.EnquiryAsync()).Ref}/close";

        using var closed = await SendAsync(world, Roles.Coordinator, HttpMethod.Post, path, new { outcome = "other" }, null, null);

        closed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await closed.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("state").GetString().ShouldBe("closed");
        await world.TextAsync(Books.Ash, "1");
        world.Texts(Books.Ash)[^1].ShouldBe("Nothing is open for you to take just now.");
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_let_one_win_of_many_who_have_read_the_same()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes: 2);
        await world.CallAsync();
        await world.SettleAsync();
        var path = $"/api/v1/enquiries/{(await world.EnquiryAsync()).Ref}";
        var secret = await KeyAsync(world, Roles.Coordinator);
        using var read = await TellAsync(HttpMethod.Get, path, null, null);
        var seen = read.Headers.ETag!.Tag;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TellAsync(HttpMethod.Post, $"{path}/notes", new { note = Words }, seen)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(7);
        (await world.EnquiryAsync()).Timeline.Count(line => line.StartsWith("note", StringComparison.Ordinal)).ShouldBe(1);
        Array.ForEach(answers, answer => answer.Dispose());

        async Task<HttpResponseMessage> TellAsync(HttpMethod method, string path, object? body, string? seen)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            request.Headers.TryAddWithoutValidation("If-Match", seen);
            return await world.Nodes[0].Http.SendAsync(request, Stop);
        }
    }

    [Fact]
    public async Task Should_write_down_who_read_it()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.CallAsync();
        var seen = await world.EnquiryAsync();

        await TextAsync(world, Roles.Reader, $"enquiries/{seen.Ref}");
        await TextAsync(world, Roles.Auditor, "enquiries?desk=extradition");
        var (exitCode, _, errors) = await OnCallCommand.RunAsync(["replay", seen.Ref, $"--ConnectionStrings:OnCall={world.ConnectionString}"], Stop);

        exitCode.ShouldBe(0, errors);
        var entries = (await EntriesAsync(world, "enquiry-read")).Where(entry => entry.Actor != "admin-key").ToList();
        entries.Select(entry => (entry.Actor, entry.Subject)).SkipLast(1).ShouldBe([("the-reader", $"enquiry {seen.Ref}"), ("the-auditor", "list of enquiries")]);
        entries[^1].Source.ShouldBe("command line");
        entries.ShouldAllBe(entry => entry.Ids.Contains(seen.Ref));
        entries[1].After!.ShouldContain("\"desk\": \"extradition\"");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task ShouldShowAsync(World world, string role, bool sees)
    {
        foreach (var path in new[] { "enquiries", $"enquiries/{(await world.EnquiryAsync()).Ref}" })
        {
            var text = await TextAsync(world, role, path);
            text.Contains(World.Officer[1..], StringComparison.Ordinal).ShouldBe(sees, $"the number, {role} at {path}");
            text.Contains(Words, StringComparison.Ordinal).ShouldBe(sees, $"the words, {role} at {path}");
        }

        var after = await AskAsync(world, role, "notes", new { note = "more" });
        (after.Answer.GetRawText().Contains(World.Officer[1..], StringComparison.Ordinal) && !sees).ShouldBeFalse();
    }

    private static async Task<string> TextAsync(World world, string role, string path)
    {
        using var answer = await SendAsync(world, role, HttpMethod.Get, path, body: null, name: null);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> AskAsync(World world, string role, string wish, object body, string? name = null)
    {
        var seen = await world.EnquiryAsync();
        using var answer = await SendAsync(world, role, HttpMethod.Post, $"enquiries/{seen.Ref}/{wish}", body, name);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    private static async Task<HttpResponseMessage> SendAsync(World world, string role, HttpMethod method, string path, object? body, string? name, string? seen = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await KeyAsync(world, role));
        if (name is not null)
        {
            request.Headers.Add("Idempotency-Key", name);
        }

        request.Headers.TryAddWithoutValidation("If-Match", seen);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await world.Nodes[0].Http.SendAsync(request, Stop);
    }

    /// <summary>A fresh secret for the role's key: a secret cannot be read a second time.</summary>
    private static async Task<string> KeyAsync(World world, string role)
    {
        var store = world.Nodes[0].Services.GetRequiredService<KeyStore>();
        var origin = new Origin("test", "test");
        foreach (var row in (await store.ListAsync(Stop)).Where(row => row.Role == role))
        {
            await store.DeleteAsync(row.Id, origin, Stop);
        }

        return (await store.CreateAsync(new KeyWish($"the-{role}", role), origin, Stop))!.Value.Secret;
    }

    private static async Task<List<AuditRow>> EntriesAsync(World world, string kind)
    {
        await using var db = await world.Nodes[0].Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop);
        return await db.Set<AuditRow>().AsNoTracking().Where(row => row.Kind == kind).OrderBy(row => row.Id).ToListAsync(Stop);
    }
}
