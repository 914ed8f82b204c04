using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Access;

/// <summary>Every route with no key and with a key of each role. A route that the table lacks fails the test.</summary>
public sealed partial class When_each_role_asks_each_route(TestDatabase databases) : IAsyncLifetime
{
    private const string NoKey = "no key";

    private readonly Dictionary<string, string?> _keys = new() { [NoKey] = null };
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
                using var answer = await AskAsync(route, key);
                if (!IsRight(RouteTable.WhoMayAsk(route)!, role, answer.StatusCode))
                {
                    wrong.Add($"{route} with {role}: {(int)answer.StatusCode}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static bool IsRight(string who, string role, HttpStatusCode status) => who switch
    {
        RouteTable.Anyone => status is HttpStatusCode.OK or HttpStatusCode.NotFound,
        RouteTable.Twilio => status == HttpStatusCode.Forbidden,
        _ when role == NoKey => status == HttpStatusCode.Unauthorized,
        _ when !Roles.ThatSatisfy[who].Contains(role) => status == HttpStatusCode.Forbidden,
        _ => status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed) && (int)status < 500,
    };

    private IEnumerable<string> Routes() =>
        from endpoint in _service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]
        select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";

    private async Task<HttpResponseMessage> AskAsync(string route, string? key)
    {
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var path = Parameter().Replace(pattern, match => match.Value.Contains(":guid") ? Guid.Empty.ToString() : match.Value.Contains(":long") ? "1" : "nothing");
        using var request = new HttpRequestMessage(method == "*" ? HttpMethod.Get : HttpMethod.Parse(method), path);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Content = method is "POST" or "PUT" or "PATCH" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
        return await _service.Http.SendAsync(request, Stop);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
