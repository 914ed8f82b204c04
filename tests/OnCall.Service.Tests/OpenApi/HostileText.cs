namespace OnCall.Service.Tests.OpenApi;

/// <summary>Texts on which programs have broken before.</summary>
internal static class HostileText
{
    public static readonly IReadOnlyList<string> All =
    [
        "", " ", "\t\n", "null", "undefined", "NaN", "-1", "0x7f", "1e999", "true",
        "'; DROP TABLE book_revisions; --", "1' OR '1'='1", "\"}],\"x\":[{\"", "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "%s%n%x", "<script>alert(1)</script>", "<!ENTITY x SYSTEM 'file:///etc/passwd'>",
        "../../../../etc/passwd", "..%2f..%2f", "a\u0000b", "\u0001\u0002\u001b[31m", "\uFFFE", "\uFFFF", "\u202Eevitcaer", "e\u0301\u0301\u0301", "ﷺ", "Ⅷ", "١٢٣", "İıſK", "👩‍👩‍👧‍👦", "\ud83d", "\udc00x",
        "2026-02-30", "2026-13-01T00:00", "0000-00-00", "+99999-01-01T00:00:00Z", "2026-11-26T25:61", "P-1W", "PT99999999999S", "P1Y", "+44", "+0123456789", "07700900101", "tel:+447700900101", "*", "everyone", "rota:", "adviser:\n",
        new('a', 65), new('+', 1000), new('é', 5000), new('[', 200), new('9', 400),
    ];
}
