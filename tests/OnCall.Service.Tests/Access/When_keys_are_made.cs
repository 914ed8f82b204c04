using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Access;

public sealed class When_keys_are_made(TestDatabase databases) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await StartNodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_show_the_secret_once_and_let_it_in_with_its_role()
    {
        var (_, secret) = await MakeAsync("wallboard", Roles.Reader);

        secret.ShouldStartWith("oncall_");
        secret.Length.ShouldBe(50, "256 bits behind the prefix");
        (await AskAsync(HttpMethod.Get, "on-duty", secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(HttpMethod.Get, "keys", secret)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var list = await (await AskAsync(HttpMethod.Get, "keys")).Content.ReadAsStringAsync(Stop);
        list.ShouldNotContain(secret);
        list.ShouldContain("\"lastUsed\":\"2026-11-25T09:00:00+00:00\"");
    }

    [Fact]
    public async Task Should_refuse_what_it_does_not_know_lest_a_limit_be_lost()
    {
        using var body = JsonContent.Create(new { name = "one-desk", role = Roles.Coordinator, desk = new[] { "extradition" } });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/keys") { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);

        (await _service.Http.SendAsync(request, Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        (await (await AskAsync(HttpMethod.Get, "keys")).Content.ReadAsStringAsync(Stop)).ShouldNotContain("one-desk");
    }

    [Fact]
    public async Task Should_keep_the_secret_nowhere()
    {
        var (_, secret) = await MakeAsync("wallboard", Roles.Reader);

        await using var db = await _service.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop);
        (await db.Set<ApiKeyRow>().SingleAsync(Stop)).SecretHash.ShouldBe(KeySecret.Digest(secret));
        var entry = await db.Set<AuditRow>().SingleAsync(row => row.Kind == "key-created", Stop);
        (entry.Actor, entry.Subject, entry.Source).ShouldBe(("admin-key", "key wallboard", "127.0.0.1"));
        entry.After!.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Should_refuse_a_deleted_one_on_every_node()
    {
        await using var other = await StartNodeAsync();
        var (id, secret) = await MakeAsync("wallboard", Roles.Reader);
        await UntilAsync(other, secret, HttpStatusCode.OK);

        (await AskAsync(HttpMethod.Delete, $"keys/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await AskAsync(HttpMethod.Get, "on-duty", secret)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await UntilAsync(other, secret, HttpStatusCode.Unauthorized);
        (await AskAsync(HttpMethod.Delete, $"keys/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_refuse_one_that_has_expired()
    {
        var (_, secret) = await MakeAsync("locum", Roles.Coordinator, "2026-11-25T10:00:00Z");
        _time.Advance(TimeSpan.FromMinutes(59));
        (await AskAsync(HttpMethod.Get, "on-duty", secret)).StatusCode.ShouldBe(HttpStatusCode.OK);

        _time.Advance(TimeSpan.FromMinutes(1));

        (await AskAsync(HttpMethod.Get, "on-duty", secret)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Should_name_every_field_that_is_wrong()
    {
        var answer = await AskAsync(HttpMethod.Post, "keys", body: new { name = "two  blanks", role = "king", expiry = "2026-11-25T08:00:00Z" });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<HttpValidationProblemDetails>(Stop))!.Errors.Keys.ShouldBe(["name", "role", "expiry"], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_not_make_two_of_one_name()
    {
        await MakeAsync("wallboard", Roles.Reader);

        (await AskAsync(HttpMethod.Post, "keys", body: new { name = "wallboard", role = "reader" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Should_look_at_no_key_that_could_be_guessed_for_a_while_after_a_hundred_wrong_ones()
    {
        var (_, secret) = await MakeAsync("wallboard", Roles.Reader);
        for (var guess = 0; guess < WrongKeys.Most; guess++)
        {
            (await AskAsync(HttpMethod.Get, "on-duty", $"oncall_{guess}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        var answer = await AskAsync(HttpMethod.Get, "on-duty");

        (await AskAsync(HttpMethod.Get, "on-duty", secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await _service.Http.GetAsync("/health/live", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_write_down_each_use_of_the_key_of_the_settings()
    {
        await AskAsync(HttpMethod.Get, "on-duty");
        await AskAsync(HttpMethod.Get, "on-duty");

        (await AdminUsesAsync()).ShouldBe(2);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"timeZone":"Europe/London","advisers":[{"id":"a","name":"A","phone":"+447700900101"}]}""")]
    [InlineData(HttpStatusCode.OK, """{"topics":["fine"]}""")]
    [InlineData(HttpStatusCode.Forbidden, """{"desks":[{"id":"d","policy":"p"}]}""")]
    [InlineData(HttpStatusCode.Forbidden, """{"blocked":[{"number":"+447700900666"}]}""")]
    public async Task Should_let_coordinators_import_what_they_may_change_and_no_more(HttpStatusCode status, string document)
    {
        var (_, secret) = await MakeAsync("rota-desk", Roles.Coordinator);

        using var answer = await AskAsync(HttpMethod.Post, "import", secret, JsonSerializer.Deserialize<JsonElement>(document));

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Should_show_coordinators_who_import_no_number_that_is_blocked()
    {
        const string Number = "+447700900666";
        using var blocked = await AskAsync(HttpMethod.Post, "import", body: new { blocked = new[] { new { number = Number } } });
        (await blocked.Content.ReadAsStringAsync(Stop)).ShouldContain(Number);
        var (_, secret) = await MakeAsync("rota-desk", Roles.Coordinator);

        using var kept = await AskAsync(HttpMethod.Post, "import?dryRun=true", secret, new { topics = new[] { "fine" } });
        using var all = await AskAsync(HttpMethod.Post, "import?dryRun=true", body: new { topics = new[] { "fine" } });

        (await kept.Content.ReadAsStringAsync(Stop)).ShouldNotContain(Number);
        (await all.Content.ReadAsStringAsync(Stop)).ShouldContain(Number, customMessage: "the administrator sees what is kept");
    }

    [Theory]
    [InlineData("Pat Lane")]
    [InlineData("Zoë O'Brien-Rowan")]
    public async Task Should_bear_the_name_of_a_person(string name)
    {
        var (_, secret) = await MakeAsync(name, Roles.Reader);

        (await AskAsync(HttpMethod.Get, "on-duty", secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RunAsync("key", "list")).Output.ShouldStartWith($"{name}: reader, never expires");
        (await RunAsync("key", "delete", name)).Output.ShouldBe($"{name} is deleted.\n");
    }

    [Theory]
    [InlineData("two  blanks")]
    [InlineData(" before")]
    [InlineData("behind ")]
    [InlineData("admin-key")]
    [InlineData("line\nbreak")]
    [InlineData("Adviser a.khan")]
    [InlineData("\u0430dmin-key")]
    public async Task Should_refuse_a_name_that_would_be_mistaken(string name)
    {
        using var answer = await AskAsync(HttpMethod.Post, "keys", body: new { name, role = Roles.Reader });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Should_lose_no_use_whose_writing_down_was_broken_off()
    {
        var (_, secret) = await MakeAsync("wallboard", Roles.Reader);

        // Its own memory of uses: that of the node is written down by the node, too, at any moment.
        var known = new KnownKeys();
        using var store = NewStore(known);
        await store.RefreshAsync(Stop);
        known.Use(secret, Instant.FromDateTimeOffset(_time.GetUtcNow())).ShouldNotBeNull();

        await Should.ThrowAsync<OperationCanceledException>(() => store.NoteUsesAsync(new CancellationToken(canceled: true)));
        await store.NoteUsesAsync(Stop);

        (await store.ListAsync(Stop)).Single(key => key.Name == "wallboard").LastUsedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_list_the_uses_that_are_just_being_written_down()
    {
        var (_, secret) = await MakeAsync("wallboard", Roles.Reader);
        var known = new KnownKeys();
        var contexts = _service.Services.GetRequiredService<IDbContextFactory<OnCallDb>>();
        using var store = NewStore(known);
        await store.RefreshAsync(Stop);
        known.Use(secret, Instant.FromDateTimeOffset(_time.GetUtcNow())).ShouldNotBeNull();
        await using var holding = await contexts.CreateDbContextAsync(Stop);
        await using var transaction = await holding.Database.BeginTransactionAsync(Stop);
        await holding.Database.ExecuteSqlAsync($"LOCK TABLE api_keys IN EXCLUSIVE MODE", Stop);

        var writing = store.NoteUsesAsync(Stop);
        var listing = store.ListAsync(Stop);
        writing.IsCompleted.ShouldBeFalse("the keys are held");
        await holding.Set<ApiKeyRow>().AsNoTracking().ToListAsync(Stop);
        await transaction.CommitAsync(Stop);

        await writing;
        (await listing).Single(key => key.Name == "wallboard").LastUsedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Should_be_made_listed_and_deleted_on_the_command_line()
    {
        var (exitCode, output, errors) = await RunAsync("key", "create", "--name", "p.lane", "--role", "coordinator");
        exitCode.ShouldBe(0, errors);
        await using (var node = await StartNodeAsync())
        {
            (await AskAsync(HttpMethod.Get, "on-duty", output.Trim(), service: node)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await RunAsync("key", "list")).Output.ShouldStartWith("p.lane: coordinator, never expires, last used ");
        (await RunAsync("key", "create", "--name", "p.lane", "--role", "reader")).Errors.ShouldStartWith("oncall: A key is called p.lane already");
        (await RunAsync("key", "create", "--name", "r.rowan", "--role", "coordinator", "--desk", "records")).Errors.ShouldStartWith("oncall: --desk: there is no desk yet");
        (await RunAsync("key", "delete", "p.lane")).Output.ShouldBe("p.lane is deleted.\n");
        (await RunAsync("key", "delete", "p.lane")).ExitCode.ShouldBe(1);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private KeyStore NewStore(KnownKeys known) => new(_service.Services.GetRequiredService<IDbContextFactory<OnCallDb>>(), known, _time, NullLogger<KeyStore>.Instance);

    private Task<RunningService> StartNodeAsync() => RunningService.StartAsync(
        _database.ConnectionString, adjust: builder => builder.Services.AddSingleton<TimeProvider>(_time));

    private async Task<(string Id, string Secret)> MakeAsync(string name, string role, string? expiry = null)
    {
        using var answer = await AskAsync(HttpMethod.Post, "keys", body: new { name, role, expiry });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Stop));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (made.GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
    }

    /// <summary>Waits until a node has heard of a change.</summary>
    private async Task UntilAsync(RunningService node, string secret, HttpStatusCode wanted)
    {
        var known = node.Services.GetRequiredService<KnownKeys>();
        await RealTime.UntilAsync(() => known.Use(secret, Instant.FromDateTimeOffset(_time.GetUtcNow())) is null == (wanted == HttpStatusCode.Unauthorized), $"the node would answer {wanted}");
        (await AskAsync(HttpMethod.Get, "on-duty", secret, service: node)).StatusCode.ShouldBe(wanted);
    }

    private async Task<int> AdminUsesAsync()
    {
        await using var db = await _service.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop);
        return await db.Set<AuditRow>().CountAsync(row => row.Kind == "admin-key-used", Stop);
    }

    private async Task<HttpResponseMessage> AskAsync(
        HttpMethod method, string path, string key = RunningService.AdminKey, object? body = null, RunningService? service = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await (service ?? _service).Http.SendAsync(request, Stop);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] words) =>
        OnCallCommand.RunAsync([.. words, $"--ConnectionStrings:OnCall={_database.ConnectionString}"], Stop);
}
