using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace OnCall.Service.Access;

/// <summary>Who may ask what. Every endpoint states it: one that does not is refused to everybody.</summary>
internal static class AccessRoom
{
    /// <summary>What the tools need too: the keys, without watching them.</summary>
    public static void AddKeyStore(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KnownKeys>();
        builder.Services.AddSingleton<KeyStore>();
    }

    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        builder.AddKeyStore();
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddSingleton<WrongKeys>();
        builder.Services.AddSingleton<AdminKeyUses>();
        builder.Services.AddHostedService<KeyWatch>();
        builder.Services.AddAuthentication(ApiKeyScheme.Name)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(ApiKeyScheme.Name, configureOptions: null);

        var authorization = builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(NobodyUnlessNothingIsThere);
        foreach (var (policy, roles) in Roles.ThatSatisfy)
        {
            authorization.AddPolicy(policy, needs => needs.AddAuthenticationSchemes(ApiKeyScheme.Name).RequireRole(roles));
        }
    }

    /// <summary>A limit is a key's own, so it comes after the key is known.</summary>
    public static void UseAccess(this WebApplication app) => app.UseAuthentication().UseMiddleware<RateLimits>().UseAuthorization();

    public static void MapAccess(this IEndpointRouteBuilder app) => app.MapGroup("/api/v1/keys").RequireAuthorization(Roles.Administrator).MapKeys();

    /// <summary>With a key an address without an endpoint is simply not found; an endpoint that forgot to say who may call it is forbidden.</summary>
    private static AuthorizationPolicy NobodyUnlessNothingIsThere { get; } = new AuthorizationPolicyBuilder(ApiKeyScheme.Name)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => context.Resource is HttpContext http && http.GetEndpoint() is null)
        .Build();
}
