using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Npgsql;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Access;

public sealed class When_a_key_is_renewed(TestDatabase databases) : IAsyncLifetime
{
    /// <summary>Whoever waits for a lock in this database: the locks of the server's other databases, which belong to other tests, stand in the same view.</summary>
    private const string Waiting = "FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync(manyAtOnce: true);
        _service = await StartNodeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_take_both_secrets_for_a_day_and_then_the_new_one_alone()
    {
        var (id, old) = await MakeAsync();

        var (renewed, secret) = await RenewAsync(id, new { });

        secret.ShouldNotBe(old);
        secret.ShouldStartWith(KeySecret.Prefix);
        renewed.GetProperty("renewed").GetString().ShouldBe("2026-11-25T09:00:00+00:00");
        renewed.GetProperty("previous").GetProperty("until").GetString().ShouldBe("2026-11-26T09:00:00+00:00");
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await UseAsync(old), await UseAsync(secret)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        _time.Advance(TimeSpan.FromSeconds(1));
        (await UseAsync(old), await UseAsync(secret)).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Should_end_the_old_secret_at_once_on_every_node_where_there_is_no_overlap()
    {
        await using var other = await StartNodeAsync();
        var (id, old) = await MakeAsync();
        await UntilKnownAsync(other, old, isKnown: true);

        var (renewed, secret) = await RenewAsync(id, new { overlapHours = 0 });

        renewed.GetProperty("previous").ValueKind.ShouldBe(JsonValueKind.Null);
        (await UseAsync(old), await UseAsync(secret)).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.OK));
        await UntilKnownAsync(other, old, isKnown: false);
        (await UseAsync(secret, other)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_tell_whether_the_old_secret_is_used_still()
    {
        var (id, old) = await MakeAsync();
        await UseAsync(old);
        _time.Advance(TimeSpan.FromHours(1));
        var (_, secret) = await RenewAsync(id, new { overlapHours = 2 });

        (await ListedAsync()).ShouldBe(("2026-11-25T09:00:00+00:00", "2026-11-25T12:00:00+00:00", null), "the use before the renewal says nothing");
        await UseAsync(secret);
        (await ListedAsync()).ShouldBe(("2026-11-25T10:00:00+00:00", "2026-11-25T12:00:00+00:00", null));
        _time.Advance(TimeSpan.FromHours(1));
        await UseAsync(old);
        (await ListedAsync()).ShouldBe(("2026-11-25T11:00:00+00:00", "2026-11-25T12:00:00+00:00", "2026-11-25T11:00:00+00:00"));
        _time.Advance(TimeSpan.FromHours(2));
        await UseAsync(secret);
        (await ListedAsync()).ShouldBe(("2026-11-25T13:00:00+00:00", "2026-11-25T12:00:00+00:00", "2026-11-25T11:00:00+00:00"), "who has not switched by now stands here");
    }

    [Fact]
    public async Task Should_not_let_the_old_secret_outlive_its_expiry()
    {
        var (id, old) = await MakeAsync("2026-11-25T11:00:00Z");

        var (renewed, secret) = await RenewAsync(id, new { overlapHours = 24, expiry = "2026-12-25T11:00:00Z" });

        renewed.GetProperty("expiry").GetString().ShouldBe("2026-12-25T11:00:00+00:00");
        _time.Advance(TimeSpan.FromHours(2));
        (await UseAsync(old), await UseAsync(secret)).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Should_bring_an_expired_key_back_only_with_a_new_expiry_and_never_its_old_secret()
    {
        var (id, old) = await MakeAsync("2026-11-25T11:00:00Z");
        _time.Advance(TimeSpan.FromHours(3));

        (await RefusalAsync(id, new { })).ShouldBe((HttpStatusCode.Conflict, "The key expired on Wed 25 Nov 2026 11:00 UTC. Give it a new expiry with the renewal; its old secret stays refused."));
        var (_, secret) = await RenewAsync(id, new { expiry = "2026-12-25T11:00:00Z" });

        (await UseAsync(old), await UseAsync(secret)).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Should_not_end_a_secret_early_unless_that_is_wished()
    {
        var (id, old) = await MakeAsync();
        var (_, second) = await RenewAsync(id, new { });

        var (status, why) = await RefusalAsync(id, new { });

        status.ShouldBe(HttpStatusCode.Conflict);
        why.ShouldStartWith("The key was renewed on Wed 25 Nov 2026 09:00 UTC by admin-key, and its old secret is good until Thu 26 Nov 2026 09:00 UTC");
        (await UseAsync(old), await UseAsync(second)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        var (_, third) = await RenewAsync(id, new { overlapHours = 0 });
        (await UseAsync(old), await UseAsync(second), await UseAsync(third)).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK));
        await RenewAsync(id, new { });
    }

    [Fact]
    public async Task Should_give_one_of_many_at_once_a_secret_and_the_others_none()
    {
        await using var other = await StartNodeAsync();
        var (id, old) = await MakeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(turn => AskAsync(HttpMethod.Post, $"keys/{id}/renew", body: new { }, service: turn % 2 == 0 ? _service : other)));

        answers.Select(answer => answer.StatusCode).Order().ShouldBe([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.Conflict, 7)]);
        var won = await answers.Single(answer => answer.IsSuccessStatusCode).Content.ReadFromJsonAsync<JsonElement>(Stop);
        foreach (var (node, secret) in from node in (RunningService[])[_service, other] from secret in (string[])[old, won.GetProperty("secret").GetString()!] select (node, secret))
        {
            await UntilKnownAsync(node, secret, isKnown: true);
        }

        (await AuditAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_show_the_secret_that_is_stored_although_the_database_goes_then()
    {
        var (id, _) = await MakeAsync();
        await using var database = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var renewing = await database.OpenConnectionAsync(Stop);
        await using var row = await renewing.BeginTransactionAsync(Stop);
        await ExecuteAsync(renewing, "SELECT FROM api_keys FOR UPDATE");
        var asked = RenewAsync(id, new { });
        await RealTime.UntilAsync(database, $"SELECT count(*) = 1 {Waiting} AND locktype IN ('transactionid', 'tuple')");

        // Whoever reads the keys after the renewal waits for this one, and is broken off.
        await using var reading = await database.OpenConnectionAsync(Stop);
        await using var table = await reading.BeginTransactionAsync(Stop);
        var locked = ExecuteAsync(reading, "LOCK TABLE api_keys IN ACCESS EXCLUSIVE MODE");
        await RealTime.UntilAsync(database, $"SELECT count(*) >= 1 {Waiting} AND mode = 'AccessExclusiveLock'");
        await row.CommitAsync(Stop);
        await locked;
        await using var breakOff = database.CreateCommand($"SELECT pg_terminate_backend(pid) {Waiting} AND relation = 'api_keys'::regclass");
        await RealTime.UntilAsync(async () =>
        {
            await breakOff.ExecuteNonQueryAsync(Stop);
            return asked.IsCompleted;
        }, "the renewal is answered");

        var (_, secret) = await asked;
        await table.RollbackAsync(Stop);
        await UntilKnownAsync(_service, secret, isKnown: true);
    }

    [Fact]
    public async Task Should_stand_in_the_audit_without_a_secret()
    {
        var (id, old) = await MakeAsync();
        var (_, secret) = await RenewAsync(id, new { expiry = "2026-12-25T11:00:00Z" });

        var entry = (await AuditAsync()).ShouldHaveSingleItem();
        (entry.Actor, entry.Subject, entry.Source).ShouldBe(("admin-key", "key wallboard", "127.0.0.1"));
        entry.Before!.ShouldNotContain("2026-12-25");
        entry.After!.ShouldContain("2026-12-25T11:00:00Z");
        foreach (var text in (string[])[$"{entry.Before}{entry.After}", await (await AskAsync(HttpMethod.Get, "keys")).Content.ReadAsStringAsync(Stop)])
        {
            text.ShouldNotContain(old);
            text.ShouldNotContain(secret);
            text.ShouldNotContain(Convert.ToHexString(KeySecret.Digest(old)), Case.Insensitive);
        }
    }

    [Fact]
    public async Task Should_name_what_is_wrong_and_renew_no_deleted_key()
    {
        var (id, _) = await MakeAsync();
        foreach (var hours in (int[])[-1, 721])
        {
            var answer = await AskAsync(HttpMethod.Post, $"keys/{id}/renew", body: new { overlapHours = hours, expiry = "2026-11-25T09:00:00Z" });
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            var problem = (await answer.Content.ReadFromJsonAsync<HttpValidationProblemDetails>(Stop))!;
            problem.Errors.Keys.ShouldBe(["overlapHours", "expiry"], ignoreOrder: true);
            problem.Detail.ShouldBeNull();
        }

        using var misnamed = await AskAsync(HttpMethod.Post, $"keys/{id}/renew", body: new { overlap = 0 });
        misnamed.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "a name that is not known must not pass for 24 hours");
        (await misnamed.Content.ReadFromJsonAsync<HttpValidationProblemDetails>(Stop))!.Errors["overlap"].ShouldHaveSingleItem().ShouldStartWith("overlap is no name that is known here");
        await AskAsync(HttpMethod.Delete, $"keys/{id}");

        (await RefusalAsync(id, new { })).ShouldBe((HttpStatusCode.NotFound, "There is no key with this id. A deleted one cannot be renewed: make a new one."));
        (await AuditAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_be_renewed_on_the_command_line(bool isElsewhere)
    {
        Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] words) => isElsewhere
            ? OnCallProcess.RunAsync([.. words, "--url", _service.Http.BaseAddress!.ToString()], Stop, RunningService.AdminKey)
            : OnCallCommand.RunAsync([.. words, $"--ConnectionStrings:OnCall={_database.ConnectionString}"], Stop);
        _time.SetUtcNow(TimeProvider.System.GetUtcNow());
        var (id, old) = await MakeAsync();

        var (exitCode, output, errors) = await RunAsync("key", "renew", "wallboard", "--overlap", "48");

        exitCode.ShouldBe(0, errors);
        errors.ShouldStartWith("Keep it now: it is shown this once, and stored nowhere.\nThe old secret is good until ");
        await UntilKnownAsync(_service, output.Trim(), isKnown: true);
        (await UseAsync(old)).ShouldBe(HttpStatusCode.OK);
        (await RunAsync("key", "renew", id)).Errors.ShouldContain("The key was renewed on ");
        (await RunAsync("key", "list")).Output.ShouldContain(", old secret good until ");
        (await RunAsync("key", "renew", id, "--overlap", "0", "--json")).Output.ShouldContain("\"previous\": null");
        (await RunAsync("key", "renew", "wallboard", "--overlap", "721")).Errors.ShouldStartWith("oncall: --overlap takes 0 to 720 hours.");
        (await RunAsync("key", "renew", "wallboard", "--expiry", "2020-01-01T00:00")).Errors.ShouldStartWith("oncall: --expiry must lie in the future.");
        (await RunAsync("key", "renew", "nobody")).Errors.ShouldStartWith("oncall: No key is called nobody;");
        (await RunAsync("key", "delete", id)).Output.ShouldBe("wallboard is deleted.\n");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private Task<RunningService> StartNodeAsync() => RunningService.StartAsync(
        _database.ConnectionString, adjust: builder => builder.Services.AddSingleton<TimeProvider>(_time));

    private async Task<(string Id, string Secret)> MakeAsync(string? expiry = null)
    {
        using var answer = await AskAsync(HttpMethod.Post, "keys", body: new { name = "wallboard", role = Roles.Reader, expiry });
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (made.GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
    }

    private async Task<(JsonElement Key, string Secret)> RenewAsync(string id, object wish)
    {
        using var answer = await AskAsync(HttpMethod.Post, $"keys/{id}/renew", body: wish);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var renewed = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return (renewed, renewed.GetProperty("secret").GetString()!);
    }

    private async Task<(HttpStatusCode Status, string? Why)> RefusalAsync(string id, object wish)
    {
        using var answer = await AskAsync(HttpMethod.Post, $"keys/{id}/renew", body: wish);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("detail").GetString());
    }

    private async Task<HttpStatusCode> UseAsync(string secret, RunningService? node = null)
    {
        using var answer = await AskAsync(HttpMethod.Get, "on-duty", secret, service: node);
        return answer.StatusCode;
    }

    private async Task<(string? LastUsed, string? Until, string? OldLastUsed)> ListedAsync()
    {
        var listed = await (await AskAsync(HttpMethod.Get, "keys")).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var key = listed.GetProperty("keys").EnumerateArray().Single();
        var old = key.GetProperty("previous");
        return (key.GetProperty("lastUsed").GetString(), old.GetProperty("until").GetString(), old.GetProperty("lastUsed").GetString());
    }

    /// <summary>Waits until a node has heard of a change.</summary>
    private Task UntilKnownAsync(RunningService node, string secret, bool isKnown)
    {
        var known = node.Services.GetRequiredService<KnownKeys>();
        return RealTime.UntilAsync(() => known.Use(secret, Instant.FromDateTimeOffset(_time.GetUtcNow())) is not null == isKnown, $"the secret is {(isKnown ? "known" : "not known any more")}");
    }

    private async Task<List<AuditRow>> AuditAsync()
    {
        await using var db = await _service.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop);
        return await db.Set<AuditRow>().Where(row => row.Kind == "key-renewed").ToListAsync(Stop);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string key = RunningService.AdminKey, object? body = null, RunningService? service = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await (service ?? _service).Http.SendAsync(request, Stop);
    }
}
