using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Access;

/// <summary>Every route with no key and with a key of each role. A route that the table lacks fails the test.</summary>
public sealed class When_each_role_asks_each_route(TestDatabase databases) : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _keys = new() { [RouteTable.NoKey] = null };
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString);
        var store = _service.Services.GetRequiredService<KeyStore>();
        foreach (var role in Roles.All)
        {
            _keys[role] = (await store.CreateAsync(new KeyWish($"the-{role}", role), new Origin("test", "test"), Stop))!.Value.Secret;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void Should_know_every_route_and_no_other()
    {
        var routes = Routes().ToList();

        routes.Where(route => RouteTable.WhoMayAsk(route) is null).ShouldBeEmpty("routes that the table lacks");
        RouteTable.Routes.Keys.Except(routes).ShouldBeEmpty("rows of the table without a route");
    }

    [Fact]
    public async Task Should_answer_those_alone_who_may_ask()
    {
        var wrong = new List<string>();
        foreach (var route in Routes())
        {
            foreach (var (role, key) in _keys)
            {
                using var request = RouteTable.Request(route, key);
                using var answer = await _service.Http.SendAsync(request, Stop);
                if (!RouteTable.IsRight(route, role, answer.StatusCode))
                {
                    wrong.Add($"{route} with {role}: {(int)answer.StatusCode}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IEnumerable<string> Routes() =>
        from endpoint in _service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]
        select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";
}
