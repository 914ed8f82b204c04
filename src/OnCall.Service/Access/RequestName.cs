using System.Security.Cryptography;
using System.Text;
using OnCall.Service.Duty;

namespace OnCall.Service.Access;

/// <summary>The name that a client gives a request, <c>Idempotency-Key</c>, so that it may be sent again: under one name a request of somebody is done once.</summary>
internal static class RequestName
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 100;

    /// <summary>The name with whose it is; null = none was given. One that cannot be heeded must not pass for none: <paramref name="asked"/> is told.</summary>
    public static string? Of(HttpContext http, Asked asked)
    {
        var name = http.Request.Headers[Header].ToString();
        asked.Check(name.Length <= Longest && !name.Any(char.IsControl), Header, $"{Header} takes at most {Longest} characters.");
        return name.Length == 0 ? null : $"{http.User.Identity?.Name} {name}";
    }

    /// <summary>The id of what is made by a request of a name: made again, it is found.</summary>
    public static string ToId(string name) => $"r-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16]}";
}
