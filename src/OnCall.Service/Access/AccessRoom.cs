using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using OnCall.Service.Audit;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

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
        var issuers = TokenIssuer.ReadAll(new SettingsReader(builder.Configuration));
        var authentication = builder.Services.AddAuthentication(Credential.Scheme)
            .AddPolicyScheme(Credential.Scheme, displayName: null, scheme => scheme.ForwardDefaultSelector = http => Credential.SchemeOf(http.Request, issuers))
            .AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(ApiKeyScheme.Name, configureOptions: null);
        builder.AddTokens(authentication, issuers);

        var authorization = builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(NobodyUnlessNothingIsThere);
        foreach (var (policy, roles) in Roles.ThatSatisfy)
        {
            authorization.AddPolicy(policy, needs => needs.AddAuthenticationSchemes(Credential.Scheme).RequireRole(roles));
        }
    }

    private static void AddTokens(this IHostApplicationBuilder builder, AuthenticationBuilder authentication, IReadOnlyList<TokenIssuer> issuers)
    {
        foreach (var issuer in issuers)
        {
            authentication.AddJwtBearer(issuer.Scheme);
            builder.Services.AddOptions<JwtBearerOptions>(issuer.Scheme)
                .Configure<TimeProvider>((bearer, time) => TokenScheme.Configure(bearer, issuer, time))
                .PostConfigure(TokenScheme.ForgetWithdrawnKeys);
        }

        builder.Services.AddSingleton(issuers);
        builder.Services.AddSingleton<KnownIssuers>();
        builder.Services.AddSingleton<TokenUses>();
        builder.Services.AddSingleton<TokenEvents>();
        builder.Services.AddHostedService<IssuerWatch>();
    }

    /// <summary>A limit is a key's own, so it comes after the key is known.</summary>
    public static void UseAccess(this WebApplication app) => app.UseAuthentication().UseMiddleware<RateLimits>().Use(NoteAsync).UseAuthorization();

    /// <summary>What is refused for asking too often is no use of the key.</summary>
    private static async Task NoteAsync(HttpContext http, RequestDelegate next)
    {
        if (http.User.Identity is { AuthenticationType: ApiKeyScheme.Name, Name: AdminKeyUses.Name } && http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await http.RequestServices.GetRequiredService<AdminKeyUses>().NoteAsync(Origin.AddressOf(http), http.RequestAborted);
        }

        await next(http);
    }

    public static void MapAccess(this IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/api/v1/keys").AddEndpointFilter(Precondition.WithoutTagAsync);
        keys.MapKeys();
        keys.MapRenewal();
    }

    /// <summary>
    /// With a key an address without an endpoint is simply not found, and one that does not take the method says so; an endpoint that forgot to say who may call it is forbidden.
    /// </summary>
    private static AuthorizationPolicy NobodyUnlessNothingIsThere { get; } = new AuthorizationPolicyBuilder(Credential.Scheme)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
        .Build();
}
