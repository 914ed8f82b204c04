using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace OnCall.Service.Access;

/// <summary>How the tokens of an issuer are proved: by the keys that it publishes, which are fetched from it and fetched anew.</summary>
internal static class TokenScheme
{
    /// <summary>By how much the clocks of an issuer and of this machine may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Signatures that only the issuer can make. With HS256, whoever knows its public key could.</summary>
    private static readonly string[] Asymmetric =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static void Configure(JwtBearerOptions bearer, TokenIssuer issuer, TimeProvider time)
    {
        bearer.Authority = issuer.Authority;
        bearer.RequireHttpsMetadata = new Uri(issuer.Authority).Scheme == Uri.UriSchemeHttps;
        bearer.BackchannelTimeout = TimeSpan.FromSeconds(5);
        bearer.AutomaticRefreshInterval = TimeSpan.FromHours(1);
        bearer.RefreshInterval = TimeSpan.FromSeconds(10);
        bearer.MapInboundClaims = false;
        bearer.Challenge = ApiKeyScheme.Challenge;
        bearer.EventsType = typeof(TokenEvents);
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuers = [issuer.Issuer, $"{issuer.Issuer}/"],
            ValidAudiences = issuer.Audiences,
            ValidAlgorithms = Asymmetric,
            LifetimeValidator = (from, until, _, _) => IsIn(from, until, time.GetUtcNow().UtcDateTime),
        };
    }

    /// <summary>Else keys that the issuer has withdrawn would be good for an hour more.</summary>
    public static void ForgetWithdrawnKeys(JwtBearerOptions bearer) => ((BaseConfigurationManager)bearer.ConfigurationManager!).UseLastKnownGoodConfiguration = false;

    /// <summary>[from, until), with the skew at both ends; a token without an end is never good. The token's own times may lie at the ends of all time: nothing is added to them.</summary>
    private static bool IsIn(DateTime? from, DateTime? until, DateTime now) => now - ClockSkew < until && (from is null || from <= now + ClockSkew);
}
