using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Access;

/// <summary>Bearer tokens of OpenID providers, in place of API keys.</summary>
public sealed class When_a_token_is_shown(SignInWorld signIn) : IClassFixture<SignInWorld>, IDisposable
{
    private const string StandIn = """{ "start": "2026-12-01T09:00", "end": "2026-12-02T09:00", "adviser": "cedar" }""";

    private static int _addresses = 1;

    private readonly HttpClient _http = From(Interlocked.Increment(ref _addresses), signIn.Node.Http.BaseAddress!);

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Should_answer_each_route_as_a_key_of_the_role_is_answered()
    {
        var wrong = new List<string>();
        foreach (var role in Roles.All)
        {
            var token = await signIn.TokenAsync([$"OnCall.{role}"], new() { ["oid"] = $"the-{role}" });
            foreach (var route in RouteTable.Routes.Keys)
            {
                using var request = RouteTable.Request(route, token);
                using var answer = await _http.SendAsync(request, Stop);
                if (!RouteTable.IsRight(route, role, answer.StatusCode))
                {
                    wrong.Add($"{route} with {role}: {(int)answer.StatusCode}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>An office that goes out by two addresses, in turn.</summary>
    [Fact]
    public async Task Should_write_down_each_address_once_a_day()
    {
        var services = signIn.Node.Services;
        var uses = new TokenUses(services.GetRequiredService<AuditLog>(), services.GetRequiredService<DatabaseLink>(), TimeProvider.System);
        foreach (var address in new[] { "203.0.113.7", "203.0.113.8", "203.0.113.7", "203.0.113.8" })
        {
            await uses.NoteAsync(Caller.Of("test", "two addresses", Roles.Reader, desks: null), address, Stop);
        }

        await using var db = await services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop);
        (await db.Set<AuditRow>().Where(row => row.Actor == "two addresses").Select(row => row.Source).ToListAsync(Stop)).ShouldBe(["203.0.113.7", "203.0.113.8"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(HttpStatusCode.NoContent, "OnCall.reader", "OnCall.administrator", "Other.Role")]
    [InlineData(HttpStatusCode.Forbidden, "OnCall.reader", "OnCall.auditor")]
    [InlineData(HttpStatusCode.Forbidden, "administrator")]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task Should_count_the_highest_role_that_is_known(HttpStatusCode status, params string[] roles)
    {
        var token = await signIn.TokenAsync(roles, new() { ["oid"] = $"one of {roles.Length}" });
        await AskAsync("PUT", "desks/spare", token: RunningService.AdminKey, body: """{ "name": "Spare", "policy": "records" }""");

        using var answer = await AskAsync("DELETE", "desks/spare", token);

        answer.StatusCode.ShouldBe(status);
        var known = roles.Any(role => role.StartsWith("OnCall.", StringComparison.Ordinal));
        (status == HttpStatusCode.Forbidden && !known).ShouldBe(answer.Headers.WwwAuthenticate.ToString().Contains("None of the roles of the token is known here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_refuse_what_the_issuer_did_not_sign_for_this_service_and_this_time()
    {
        var good = await signIn.TokenAsync(["OnCall.administrator"]);
        var now = signIn.World.Now.ToUnixTimeSeconds();
        using var stranger = System.Security.Cryptography.RSA.Create(2048);
        var bad = new Dictionary<string, string>
        {
            ["expired"] = Forged.With(good, "exp", now - 61, signIn.Entra.Key),
            ["not yet"] = Forged.With(good, "nbf", now + 61, signIn.Entra.Key),
            ["without end"] = Forged.With(good, "exp", null!, signIn.Entra.Key),
            ["other audience"] = await signIn.TokenAsync(["OnCall.administrator"], audience: "another"),
            ["other issuer"] = Forged.With(good, "iss", signIn.Entra.Issuer.Replace(SignInWorld.Tenant, "another", StringComparison.Ordinal), signIn.Entra.Key),
            ["altered"] = Forged.With(good, "name", "Somebody"),
            ["other key of the same name"] = Forged.With(good, "name", "Somebody", new RsaSecurityKey(stranger) { KeyId = signIn.Entra.Key.KeyId }),
            ["key that is not there"] = Forged.OfNoKey(good, "aud", "another, in words \"that\"\r\nstand in no häader"),
            ["alg none"] = Forged.Unsigned(good),
            ["HS256 with the public key"] = Forged.BySharedSecret(good, signIn.Entra.Key),
        };

        foreach (var (what, token) in bad)
        {
            using var http = From(Interlocked.Increment(ref _addresses), signIn.Node.Http.BaseAddress!);
            using var answer = await AskAsync("GET", "on-duty", token, by: http);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, what);
            answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer realm=\"OnCall\", error=\"invalid_token\"", customMessage: what);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }

        (await AskAsync("GET", "on-duty", good)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AskAsync("GET", "on-duty", Forged.With(good, "exp", now - 59, signIn.Entra.Key))).StatusCode.ShouldBe(HttpStatusCode.OK, "clocks differ");
    }

    [Fact]
    public async Task Should_go_with_the_issuer_to_another_key()
    {
        var before = await signIn.TokenAsync(["OnCall.reader"]);
        (await AskAsync("GET", "on-duty", before)).StatusCode.ShouldBe(HttpStatusCode.OK);

        signIn.Entra.RotateKey();

        await UntilAsync(await signIn.TokenAsync(["OnCall.reader"]), HttpStatusCode.OK);
        (await AskAsync("GET", "on-duty", before)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "its key was withdrawn");
    }

    [Fact]
    public async Task Should_refuse_the_tokens_of_an_issuer_that_is_not_there_until_it_is_and_take_calls()
    {
        var early = Forged.With(await signIn.TokenAsync([]), "iss", signIn.Other.Issuer);
        using var answer = await AskAsync("GET", "on-duty", early);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBe(2);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("database");
        using var again = await AskAsync("GET", "on-duty", early);
        await RealTime.UntilAsync(() => signIn.Node.Log.Count("OnCall:Oidc:1", "cannot be fetched") > 0);
        signIn.Node.Log.Count("OnCall:Oidc:1", "cannot be fetched; its tokens are refused until they can").ShouldBe(1);
        // The line of a request is written when its answer has gone.
        await RealTime.UntilAsync(() => signIn.Node.Log.Count(" answered 503 in ") >= 2);
        signIn.Node.Log.Count(" answered 503 in ", "\"@l\":\"Error\"").ShouldBe(0, "the outage has been told of already");
        await signIn.World.CallAsync();
        await signIn.World.UntilAsync(() => signIn.World.Rings(Books.Ash) == 1);

        await signIn.Other.StartAsync();

        var claims = new { sub = "r.rowan", groups = new[] { "/desk" }, roles = new[] { "OnCall.administrator" } };
        var token = await signIn.Other.TokenAsync(claims, "oncall", Stop);
        await UntilAsync(token, HttpStatusCode.OK);
        await RealTime.UntilAsync(() => signIn.Node.Log.Count("OnCall:Oidc:1", " are known") > 0);
        signIn.Node.Log.Count("OnCall:Oidc:1", " are known").ShouldBe(1);
        (await AskAsync("GET", "keys", token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, "its roles are its groups");
        (await AskAsync("GET", "keys", await signIn.TokenAsync(["OnCall.administrator"]))).StatusCode.ShouldBe(HttpStatusCode.OK, "both issuers at once");
        (await AskAsync("GET", "on-duty", await signIn.Other.TokenAsync(claims, SignInWorld.Client, Stop))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "it is for the other one's audience");
    }

    [Fact]
    public async Task Should_stand_in_the_audit_by_issuer_and_subject_and_tell_once_who_that_is()
    {
        var token = await signIn.TokenAsync(["OnCall.coordinator"], new() { ["oid"] = "audited", ["desks"] = "extradition records" });
        (await AskAsync("POST", "rotas/extradition/overrides", token, StandIn)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await AskAsync("GET", "on-duty", token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var actor = $"{signIn.Entra.Issuer} audited";
        await using var db = await signIn.Node.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop);
        var entries = await db.Set<AuditRow>().Where(row => row.Actor == actor).OrderBy(row => row.Id).ToListAsync(Stop);
        entries.Select(entry => entry.Kind).ShouldBe(["signed-in", "import"]);
        var said = JsonDocument.Parse(entries[0].After!).RootElement;
        (said.GetProperty("name").GetString(), said.GetProperty("role").GetString(), said.GetProperty("desks").GetArrayLength()).ShouldBe((SignInWorld.Name, "coordinator", 2));
        entries[0].Source.ShouldStartWith("127.0.0.");
    }

    [Fact]
    public async Task Should_limit_a_coordinator_to_the_desks_of_the_claim()
    {
        foreach (var (desks, status) in new (object, HttpStatusCode)[]
        {
            (new[] { "records", "extradition" }, HttpStatusCode.Created), (new[] { "records" }, HttpStatusCode.Forbidden), ("records", HttpStatusCode.Forbidden),
        })
        {
            var token = await signIn.TokenAsync(["OnCall.coordinator"], new() { ["oid"] = "limited", ["desks"] = desks });
            (await AskAsync("POST", "rotas/extradition/overrides", token, StandIn)).StatusCode.ShouldBe(status, JsonSerializer.Serialize(desks));
        }

        var silent = await signIn.TokenAsync(["OnCall.coordinator"], new() { ["oid"] = "limited" });
        foreach (var (claim, value) in new (string, JsonNode)[] { ("desks", new JsonArray()), ("_claim_names", new JsonObject { ["desks"] = "src1" }) })
        {
            var nothing = Forged.With(silent, claim, value, signIn.Entra.Key);
            (await AskAsync("POST", "rotas/extradition/overrides", nothing, StandIn)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{claim}: {value}");
        }
    }

    [Fact]
    public async Task Should_look_at_no_token_for_a_while_after_a_hundred_wrong_ones()
    {
        var good = await signIn.TokenAsync(["OnCall.reader"]);
        for (var guess = 0; guess < WrongKeys.Most; guess++)
        {
            (await AskAsync("GET", "on-duty", Forged.With(good, "name", $"{guess}"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var answer = await AskAsync("GET", "on-duty", good);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Each test comes from an address of its own: wrong tokens are counted by address.</summary>
    private static HttpClient From(int address, Uri service) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.0.{address}"), 0));
            await socket.ConnectAsync(context.DnsEndPoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = service };

    private async Task<HttpResponseMessage> AskAsync(string method, string path, string token, string? body = null, HttpClient? by = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : JsonContent.Create(JsonNode.Parse(body));
        return await (by ?? _http).SendAsync(request, Stop);
    }

    /// <summary>Asks until it is answered so. Each try in vain would count as a wrong key, so they come from many addresses, and not too many of them.</summary>
    private async Task UntilAsync(string token, HttpStatusCode wanted)
    {
        var tries = 0;
        await RealTime.UntilAsync(async () =>
        {
            using var http = From(100 + (tries++ % 100), signIn.Node.Http.BaseAddress!);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await http.GetAsync(new Uri("/api/v1/on-duty", UriKind.Relative), Stop);
            if (answer.StatusCode != wanted)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Stop);
            }

            return answer.StatusCode == wanted;
        }, $"the token is answered {wanted}");
    }
}
