using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Should_be_live_and_ready_without_a_key(string path) => (await StatusAsync(path)).ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task Should_not_be_ready_once_it_is_told_to_stop()
    {
        _service.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        (await StatusAsync("/health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync("/health/live")).ShouldBe(HttpStatusCode.OK);
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

    private async Task<HttpStatusCode> StatusAsync(string path) =>
        (await _service.Http.GetAsync(new Uri(path, UriKind.Relative), Stop)).StatusCode;
}
