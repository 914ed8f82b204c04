using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Core.Rotas;
using OnCall.Service.Chain;
using OnCall.Service.Rotas;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

/// <summary>A rolling upgrade is under way, and a coordinator has used a key of the rota document that only the newer version knows.</summary>
public sealed class When_a_newer_version_has_published(TestDatabase databases)
{
    private const string OfNewer = "advisers[0].ofTomorrow";

    [Fact]
    public async Task Should_lead_calls_by_it_at_nodes_of_this_version_that_run_and_that_start()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await PublishNewerAsync(world, "jsonb_set(jsonb_set(document, '{advisers,0,ofTomorrow}', '{\"is\": \"news\"}'), '{advisers,0,phone}', to_jsonb('+447700900109'::text))");

        await RealTime.UntilAsync(() => Book(world).Revision == 2);
        await world.StartNodeAsync();
        world.Nodes[1].Services.GetRequiredService<CurrentBook>().Book.Revision.ShouldBe(2);
        world.Phone("+447700900109").Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        (await world.EnquiryAsync()).Owner.ShouldBe("ash");

        // Started without the database by the newer version, a node must not take what was kept here for the whole book.
        await RealTime.UntilAsync(() => world.Nodes[0].Services.GetRequiredService<KeptBook>().Read() is { Revision: 2, PublishedAt: null });
    }

    [Fact]
    public async Task Should_refuse_what_would_drop_it_and_name_it()
    {
        var withElm = Books.TwoDesks().Replace("advisers:\n", "advisers:\n  - { id: elm, name: Erin Elm, phone: \"+447700900105\" }\n", StringComparison.Ordinal);
        await using var world = await World.StartAsync(databases, withElm);
        await PublishNewerAsync(world, "jsonb_set(document, '{advisers,0,ofTomorrow}', '{\"is\": \"news\"}')");

        foreach (var (method, path, body) in ((HttpMethod, string, string)[])
        [
            (HttpMethod.Post, "absences", """{ "adviser": "ash", "start": "2026-12-01", "through": "2026-12-02" }"""),
            (HttpMethod.Post, "rotas/extradition/overrides", """{ "start": "2026-12-01", "end": "2026-12-02", "adviser": "cedar" }"""),
            (HttpMethod.Put, "advisers/elm", """{ "name": "Erin Elm", "phone": "+447700900106" }"""),
            (HttpMethod.Delete, "advisers/elm", ""),
            (HttpMethod.Post, "import", """{ "topics": ["more"] }"""),
            (HttpMethod.Post, "import?dryRun=true", """{ "topics": ["more"] }"""),
        ])
        {
            var (status, answer) = await SendAsync(world, method, path, body);
            status.ShouldBe(HttpStatusCode.ServiceUnavailable, $"{path}: {answer}");
            answer.ShouldContain(OfNewer, customMessage: path);
        }

        var drop = Books.TwoDesks().Replace("Alex Ash", "Alexis Ash", StringComparison.Ordinal);
        (await SendAsync(world, HttpMethod.Post, "import", drop, "application/yaml")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StoredAsync(world)).ShouldBe(["2 true"]);

        // Whoever wants nothing kept is obeyed: so the older version is gone back to for good.
        (await SendAsync(world, HttpMethod.Post, "import?prune=true", drop, "application/yaml")).Status.ShouldBe(HttpStatusCode.OK);
        (await StoredAsync(world)).ShouldBe(["3 false"]);
        (await SendAsync(world, HttpMethod.Post, "import", """{ "topics": ["more"] }""")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_keep_the_word_of_who_is_sick_until_it_can_be_published()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await PublishNewerAsync(world, "jsonb_set(document, '{advisers,0,ofTomorrow}', '{\"is\": \"news\"}')");
        await RealTime.UntilAsync(() => Book(world).Revision == 2);

        await world.TextAsync(Books.Birch, "SICK");
        world.Texts(Books.Birch).ShouldHaveSingleItem().ShouldStartWith("We have your text.");
        world.Nodes[0].Services.GetRequiredService<Journal>().Count.ShouldBe(1);

        // As at a node of the newer version: it knows all of it.
        await PublishNewerAsync(world, "document #- '{advisers,0,ofTomorrow}'");
        await RealTime.UntilAsync(() => world.Nodes[0].Services.GetRequiredService<Journal>().Count == 0);
        await world.PassAsync(TimeSpan.FromSeconds(5));

        world.Texts(Books.Birch).ShouldContain(text => text.StartsWith("You are off duty until ", StringComparison.Ordinal));
        (await world.AskAsync(HttpMethod.Get, "on-duty")).ToString().ShouldNotContain("\"id\":\"birch\"");
    }

    /// <param name="document">What becomes of the document of the last revision, in SQL.</param>
    private static async Task PublishNewerAsync(World world, string document)
    {
        await world.PassAsync(TimeSpan.FromMinutes(1));
        await world.ReadAsync($"""
            WITH newer AS (
                INSERT INTO book_revisions (revision, published_at, actor, source, document, changes)
                SELECT revision + 1, '{world.Now:o}', actor, source, {document}, '[]' FROM book_revisions ORDER BY revision DESC LIMIT 1)
            SELECT pg_notify('book_changed', '')::text
            """);
    }

    private static Task<IReadOnlyList<string>> StoredAsync(World world) =>
        world.ReadAsync("SELECT revision || ' ' || (document::text LIKE '%ofTomorrow%') FROM book_revisions ORDER BY revision DESC LIMIT 1");

    private static async Task<(HttpStatusCode Status, string Answer)> SendAsync(World world, HttpMethod method, string path, string body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}") { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        using var answer = await world.Nodes[0].Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static RotaBook Book(World world) => world.Nodes[0].Services.GetRequiredService<CurrentBook>().Book;
}
