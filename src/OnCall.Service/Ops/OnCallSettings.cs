using OnCall.Service.Calls;
using OnCall.Service.Retention;

namespace OnCall.Service.Ops;

/// <summary>The settings of the section <c>OnCall</c>.</summary>
internal sealed class OnCallSettings
{
    /// <summary>
    /// <c>OnCall:PublicUrl</c>: the address at which Twilio reaches the service, without a slash at its end. Stands in callback addresses and
    /// in signature checks exactly as written. Required; https, but for a loopback host.
    /// </summary>
    public required string PublicUrl { get; init; }

    /// <summary><c>OnCall:AdminKey</c>: an API key with the administrator's role. Default: none.</summary>
    public string? AdminKey { get; init; }

    /// <summary><c>OnCall:FallbackUrl</c>: where a static document answers Twilio when the service cannot. Default: none.</summary>
    public string? FallbackUrl { get; init; }

    /// <summary>
    /// <c>OnCall:FallbackExport</c>: where that document is put, anew at each hand-over: a file, or an address that takes HTTP PUT. Default: none, it is left to
    /// <c>oncall export-fallback</c>. Each node writes, so that several nodes may each have a file of their own.
    /// </summary>
    public FallbackTarget? FallbackExport { get; init; }

    /// <summary><c>OnCall:AllowedDestinations</c>: what may be called or texted. Default: <see cref="AllowedDestinations.Uk"/>.</summary>
    public AllowedDestinations AllowedDestinations { get; init; } = AllowedDestinations.Uk;

    /// <summary><c>OnCall:AuditHeadFile</c>: where the head of the audit's chain is written whenever it has grown, for <c>verify-audit --head</c>; best on another machine's disk. Default: none.</summary>
    public string? AuditHeadFile { get; init; }

    /// <summary>
    /// <c>OnCall:DrainSeconds</c>: how long after SIGTERM the service still accepts connections, in seconds, while <c>/health/serving</c> already says no;
    /// for load balancers that notice late. 0 to 20, default 0.
    /// </summary>
    public TimeSpan Drain { get; init; }

    /// <summary>
    /// <c>OnCall:RequestsPerSecond</c>: how many requests of the API each key may make on each node, in requests a second; whoever shows no key, a fifth. 1 to 1,000,000, default 500.
    /// </summary>
    public int RequestsPerSecond { get; init; } = UsualRequestsPerSecond;

    /// <summary>
    /// <c>OnCall:JournalFolder</c>: where is kept what happens to calls while the database is away, until it is back: on a disk that outlives the process. Several
    /// nodes may share it. Default: <c>journal</c> in the folder that systemd gives (<c>STATE_DIRECTORY</c>), else in <c>oncall</c> below the user's application data.
    /// </summary>
    public string JournalFolder { get; init; } = DefaultJournalFolder;

    /// <summary>
    /// <c>OnCall:KeepWords</c>: how long the words of texts, and recorded messages, are kept after their enquiry was closed, as an ISO 8601 period of years, months, weeks and days; those of
    /// no closed enquiry, so long from when they came. P1D to P10Y, default P90D.
    /// </summary>
    public KeepingTime KeepWords { get; init; } = KeepingTime.Usual;

    private const int UsualRequestsPerSecond = 500;

    private static string DefaultJournalFolder => Path.GetFullPath(Path.Combine(
        Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':')[0]
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "oncall"),
        "journal"));

    public static OnCallSettings Read(SettingsReader settings) => new()
    {
        PublicUrl = settings.Required(
            "OnCall:PublicUrl",
            "the https address at which Twilio reaches the service (http for a loopback host only), for example https://oncall.example.org",
            WebAddress.Parse),
        AdminKey = settings.Optional(
            "OnCall:AdminKey",
            "an API key: printable ASCII without blanks",
            text => text.AsSpan().ContainsAnyExceptInRange('!', '~') ? null : text),
        FallbackUrl = settings.Optional(
            "OnCall:FallbackUrl", "the https address of the static document that answers when the service cannot", WebAddress.Parse),
        FallbackExport = settings.Optional(
            "OnCall:FallbackExport",
            "a file in a folder that exists, or an https address that takes HTTP PUT (http for a loopback host only), for example /srv/fallback/now.xml",
            FallbackTarget.ParseSetting),
        AuditHeadFile = settings.Optional(
            "OnCall:AuditHeadFile", "a file in a folder that is there", text => Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(text))) ? text : null),
        JournalFolder = settings.Optional("OnCall:JournalFolder", "a folder, which is made if it is not there", text => Path.GetFullPath(text), DefaultJournalFolder)!,
        AllowedDestinations = AllowedDestinations.Read(settings),
        KeepWords = settings.Optional("OnCall:KeepWords", "an ISO 8601 period of whole days from P1D to P10Y, for example P90D or P6M", KeepingTime.Parse, KeepingTime.Usual)!,
        RequestsPerSecond = (int)settings.Number("OnCall:RequestsPerSecond", "a number of requests a second from 1 to 1000000", 1, 1_000_000, UsualRequestsPerSecond),
        Drain = TimeSpan.FromSeconds(settings.Number("OnCall:DrainSeconds", "a number of seconds from 0 to 20", 0, 20, 0)),
    };
}
