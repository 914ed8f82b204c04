using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace OnCall.Service.Tests.Access;

/// <summary>Tokens that somebody made of a good one.</summary>
internal static class Forged
{
    /// <summary>Says something else, and is signed as a provider would with that key; without a key it has the signature of the good one.</summary>
    public static string With(string token, string claim, JsonNode value, RsaSecurityKey? key = null)
    {
        var payload = Payload(token);
        payload[claim] = value;
        var signed = $"{token.Split('.')[0]}.{Encode(payload)}";
        return key is null ? $"{signed}.{token.Split('.')[2]}" : $"{signed}.{Base64UrlEncoder.Encode(key.Rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>Says something else, and names a key that the issuer does not have.</summary>
    public static string OfNoKey(string token, string claim, JsonNode value)
    {
        var payload = Payload(token);
        payload[claim] = value;
        return $"{Encode(new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = "nobody's" })}.{Encode(payload)}.{token.Split('.')[2]}";
    }

    /// <summary>Says that it needs no signature, and has none.</summary>
    public static string Unsigned(string token) => $"{Encode(new JsonObject { ["alg"] = "none", ["typ"] = "JWT" })}.{token.Split('.')[1]}.";

    /// <summary>Signed with the public key, as if that were a secret which two share.</summary>
    public static string BySharedSecret(string token, RsaSecurityKey key)
    {
        var signed = $"{Encode(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT", ["kid"] = key.KeyId })}.{token.Split('.')[1]}";
        return $"{signed}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.Rsa.ExportSubjectPublicKeyInfoPem()), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static JsonObject Payload(string token) => JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!.AsObject();

    private static string Encode(JsonObject part) => Base64UrlEncoder.Encode(part.ToJsonString());
}
