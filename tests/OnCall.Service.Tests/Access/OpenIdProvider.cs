using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OnCall.Testing;
using OpenIddict.Abstractions;
using OpenIddict.Server;

namespace OnCall.Service.Tests.Access;

/// <summary>A real OpenID provider (OpenIddict) on a loopback port: discovery, published keys, tokens by client credentials. Its clients say what the token is to claim.</summary>
internal sealed class OpenIdProvider(TimeProvider time, string path) : IAsyncDisposable
{
    /// <summary>A parameter of the token request: a JSON object of claims, each a text or a list of texts.</summary>
    private const string Claims = "claims";

    private readonly int _port = FreePorts.One();
    private WebApplication? _app;

    /// <summary>Its issuer, and its authority.</summary>
    public string Issuer => $"http://127.0.0.1:{_port}{path}";

    /// <summary>The key by which it signs now.</summary>
    public RsaSecurityKey Key { get; private set; } = NewKey();

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            // Without a store of clients: any may come, as long as its token request is one.
            server.EnableDegradedMode().AllowClientCredentialsFlow().SetTokenEndpointUris("connect/token");
            server.AddEphemeralEncryptionKey().AddSigningKey(Key).DisableAccessTokenEncryption();
            server.SetAccessTokenLifetime(TimeSpan.FromHours(1));
            server.Configure(options => options.TimeProvider = time);
            server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(_ => ValueTask.CompletedTask));
            server.AddEventHandler<OpenIddictServerEvents.HandleTokenRequestContext>(handler => handler.UseInlineHandler(SignIn));
            server.UseAspNetCore().DisableTransportSecurityRequirement();
        });
        builder.Services.AddAuthentication();
        _app = builder.Build();
        _app.UsePathBase(path);
        _app.UseRouting();
        _app.UseAuthentication();
        await _app.StartAsync();
    }

    /// <summary>From now on it signs by another key, and publishes that one alone.</summary>
    public void RotateKey()
    {
        Key = NewKey();
        var credentials = _app!.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue.SigningCredentials;
        credentials.Clear();
        credentials.Add(new SigningCredentials(Key, SecurityAlgorithms.RsaSha256));
    }

    /// <summary>A token of client credentials.</summary>
    /// <param name="claims">Beside those that every token has: texts, or lists of texts.</param>
    public async Task<string> TokenAsync(object claims, string audience, CancellationToken stop)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = audience,
            ["client_secret"] = "any",
            [Claims] = JsonSerializer.Serialize(claims),
        });
        using var answer = await http.PostAsync(new Uri($"{Issuer}/connect/token"), form, stop);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("access_token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    private static ValueTask SignIn(OpenIddictServerEvents.HandleTokenRequestContext context)
    {
        var identity = new ClaimsIdentity("test", "name", "roles");
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>((string)context.Request.GetParameter(Claims)!)!)
        {
            _ = value.ValueKind == JsonValueKind.Array
                ? identity.SetClaims(name, [.. value.EnumerateArray().Select(item => item.GetString()!)])
                : identity.SetClaim(name, value.GetString());
        }

        identity.SetAudiences(ImmutableArray.Create(context.Request.ClientId!));
        identity.SetDestinations(_ => [OpenIddictConstants.Destinations.AccessToken]);
        context.SignIn(new ClaimsPrincipal(identity));
        return ValueTask.CompletedTask;
    }

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };
}
