using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Access;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Access;

/// <summary>One world for all tests of tokens. Its service takes tokens of a provider in the shape of Entra ID, and of another one, which is not there yet when the service starts.</summary>
public sealed class SignInWorld(TestDatabase databases) : IAsyncLifetime
{
    public const string Client = "2f6a3c1e-8d1b-4a57-9c60-0f5f2f1c7e11";
    public const string Tenant = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    /// <summary>What a person is called in their tokens; it must stand in no log.</summary>
    public const string Name = "Pat Lane";

    /// <summary>Likewise.</summary>
    public const string Mail = "pat.lane@example.org";

    internal World World { get; private set; } = null!;

    internal RunningService Node => World.Nodes[0];

    internal OpenIdProvider Entra { get; private set; } = null!;

    internal OpenIdProvider Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var time = new FakeTime();
        (Entra, Other) = (new OpenIdProvider(time, $"/{Tenant}/v2.0"), new OpenIdProvider(time, "/realms/police"));
        await Entra.StartAsync();
        World = await World.StartAsync(databases, Books.TwoDesks(), settings:
        [
            $"--OnCall:Oidc:0:Authority={Entra.Issuer}",
            $"--OnCall:Oidc:0:Audience={Client},api://{Client}",
            "--OnCall:Oidc:0:SubjectClaim=oid",
            .. Roles.All.Select(role => $"--OnCall:Oidc:0:Roles:{role}=OnCall.{role}"),
            "--OnCall:Oidc:0:DesksClaim=desks",
            $"--OnCall:Oidc:1:Authority={Other.Issuer}/",
            "--OnCall:Oidc:1:Audience=oncall",
            "--OnCall:Oidc:1:RolesClaim=groups",
            "--OnCall:Oidc:1:Roles:reader=/duty,/desk",
        ]);
        time.World = World.Time;
        await RealTime.UntilAsync(() => Node.Services.GetRequiredService<KnownIssuers>().Has("OnCall:Oidc:0"));
    }

    public async ValueTask DisposeAsync()
    {
        Node.Log.Finds(Name, Mail).ShouldBeEmpty();
        await World.DisposeAsync();
        await Entra.DisposeAsync();
        await Other.DisposeAsync();
    }

    /// <summary>A person's token, in the shape of Entra ID's version 2.</summary>
    /// <param name="roles">Values of the claim <c>roles</c>.</param>
    /// <param name="more">Claims of other names, or others for the usual ones.</param>
    internal Task<string> TokenAsync(string[] roles, Dictionary<string, object>? more = null, string audience = Client)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = "pairwise-AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",
            ["oid"] = "00000000-0000-0000-66f3-3332eca7ea81",
            ["tid"] = Tenant,
            ["ver"] = "2.0",
            ["name"] = Name,
            ["preferred_username"] = Mail,
            ["roles"] = roles,
        };
        foreach (var (name, value) in more ?? [])
        {
            claims[name] = value;
        }

        return Entra.TokenAsync(claims, audience, TestContext.Current.CancellationToken);
    }

    /// <summary>The world's clock, which is not there before the world.</summary>
    private sealed class FakeTime : TimeProvider
    {
        public TimeProvider World { get; set; } = System;

        public override DateTimeOffset GetUtcNow() => World.GetUtcNow();
    }
}
