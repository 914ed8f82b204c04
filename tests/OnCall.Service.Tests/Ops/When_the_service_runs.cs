using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OnCall.Service.Data;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Ops;

public sealed class When_the_service_runs(TestDatabase databases) : IAsyncLifetime
{
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString);
        _service.Services.GetRequiredService<DatabaseLink>().Budget = TimeSpan.FromSeconds(30);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/serving")]
    public async Task Should_be_live_ready_and_serving_without_a_key(string path) => (await StatusAsync(path)).ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Should_not_be_ready_once_it_is_told_to_stop()
    {
        _service.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await StatusAsync("/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync("/health/serving")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync("/health/live")).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A proxy that leads calls by the answer leads them here as long as they are answered here.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_serve_while_the_database_is_away_and_say_that_not_all_is_well(bool swallows)
    {
        await using var gate = new DatabaseGate(_database.ConnectionString);
        await using var service = await RunningService.StartAsync(gate.ConnectionString);
        if (swallows)
        {
            gate.Swallow();
        }
        else
        {
            gate.Shut();
        }

        (await StatusAsync(service, "/health/serving")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(service, "/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>Whoever asks by program asks again; 500 would look like a fault in here.</summary>
    [Theory]
    [InlineData("/api/v1/enquiries")]
    [InlineData("/api/v1/revisions")]
    [InlineData("/calendars/nothing.ics")]
    public async Task Should_say_that_the_database_is_away_to_those_who_ask_for_what_stands_there(string path)
    {
        await using var gate = new DatabaseGate(_database.ConnectionString);
        await using var service = await RunningService.StartAsync(gate.ConnectionString);
        gate.Shut();

        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new("Bearer", RunningService.AdminKey) } };
        using var answer = await service.Http.SendAsync(request, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("The database cannot be reached at this moment");
    }

    [Fact]
    public async Task Should_not_serve_by_a_database_of_the_version_before()
    {
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
        {
            await connection.OpenAsync(Stop);
            await using var forget = new NpgsqlCommand("""DELETE FROM "__EFMigrationsHistory" WHERE migration_id = (SELECT max(migration_id) FROM "__EFMigrationsHistory")""", connection);
            (await forget.ExecuteNonQueryAsync(Stop)).ShouldBe(1);
        }

        (await StatusAsync("/health/serving")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync("/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>A migration that waits for a dump holds the lock: calls are answered as before, and no proxy may lead them elsewhere. Nor may many who look take the connections that calls need.</summary>
    [Fact]
    public async Task Should_serve_while_a_migration_waits_for_its_lock()
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var migration = await connection.BeginTransactionAsync(Stop);
        await using var hold = new NpgsqlCommand("""LOCK TABLE "__EFMigrationsHistory" IN ACCESS EXCLUSIVE MODE""", connection, migration);
        await hold.ExecuteNonQueryAsync(Stop);

        (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync("/health/serving")))).ShouldAllBe(status => status == HttpStatusCode.OK);
        await using var waiting = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", connection, migration);
        (await waiting.ExecuteScalarAsync(Stop)).ShouldBe(1L);
        (await StatusAsync("/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Should_not_be_ready_without_its_database()
    {
        await _database.DisposeAsync();

        (await StatusAsync("/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Should_show_its_counters()
    {
        await StatusAsync("/health/live");

        var text = await _service.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop);

        text.ShouldContain("http_server_request_duration_seconds");
        text.ShouldContain("# EOF");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Task<HttpStatusCode> StatusAsync(string path) => StatusAsync(_service, path);

    private static async Task<HttpStatusCode> StatusAsync(RunningService service, string path) =>
        (await service.Http.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode;
}
