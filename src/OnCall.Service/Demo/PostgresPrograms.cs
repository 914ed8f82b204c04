using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace OnCall.Service.Demo;

/// <summary>
/// The installed programs of PostgreSQL (initdb, pg_ctl), and how to run them. They refuse to run as root; root hands them to the user
/// <c>postgres</c>, or <c>nobody</c> where there is none.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class PostgresPrograms
{
    private static readonly string[] Needed = ["PATH", "HOME", "LANG", "TZ", "TMPDIR"];

    /// <summary>Locale, and where libraries lie.</summary>
    private static readonly string[] NeededFamilies = ["LC_", "LD_", "DYLD_"];

    private readonly string _folder;
    private readonly (string Uid, string Gid)? _user;

    private PostgresPrograms(string folder, (string Uid, string Gid)? user)
    {
        _folder = folder;
        _user = user;
    }

    /// <summary>
    /// Looks in <c>ONCALL_PG_BIN</c>, then where the distributions, Homebrew and the installers for macOS put them, the newest version first, then in the PATH.
    /// Null where there are none.
    /// </summary>
    public static PostgresPrograms? Find()
    {
        var folder = Folders().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
        return folder is null ? null : new PostgresPrograms(folder, Environment.IsPrivilegedProcess ? UserForRoot() : null);
    }

    /// <summary>Gives a folder to the user as whom the programs run.</summary>
    public Task OwnAsync(string folder, CancellationToken stop) =>
        _user is { } user ? RunFileAsync("chown", ["-R", $"{user.Uid}:{user.Gid}", folder], folder, stop) : Task.CompletedTask;

    /// <summary>Whether the user as whom this process runs owns a folder.</summary>
    public static async Task<bool> IsOursAsync(string folder, CancellationToken stop)
    {
        try
        {
            await RunFileAsync("test", ["-O", folder], "/", stop);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Runs <c>initdb</c> or <c>pg_ctl</c> to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public Task RunAsync(string program, string[] arguments, string workFolder, CancellationToken stop)
    {
        program = Path.Combine(_folder, program);
        return _user is { } user
            ? RunFileAsync("setpriv", ["--reuid", user.Uid, "--regid", user.Gid, "--clear-groups", "--", program, .. arguments], workFolder, stop)
            : RunFileAsync(program, arguments, workFolder, stop);
    }

    private static async Task RunFileAsync(string file, string[] arguments, string workFolder, CancellationToken stop)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = workFolder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => !IsNeeded(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', [file, .. arguments])} failed: {await errors}{await output}");
        }
    }

    /// <summary>The server may run as another user, who can read its environment; the settings of this process, and keys, are none of its business.</summary>
    private static bool IsNeeded(string variable) => Array.IndexOf(Needed, variable) >= 0 || Array.Exists(NeededFamilies, family => variable.StartsWith(family, StringComparison.Ordinal));

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("ONCALL_PG_BIN") is { Length: > 0 } chosen)
        {
            return [chosen];
        }

        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] parents =
        [
            "/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/Applications/Postgres.app/Contents/Versions", "/Library/PostgreSQL",
        ];
        return [.. parents.SelectMany(parent => Versions(parent)), .. Versions("/usr", "pgsql-*"), .. path];
    }

    /// <summary>The <c>bin</c> folders below <c>16</c>, <c>postgresql@16</c>, <c>pgsql-16</c>, …, the highest number first.</summary>
    private static IEnumerable<string> Versions(string folder, string pattern = "*") =>
        !Directory.Exists(folder)
            ? []
            : from version in Directory.EnumerateDirectories(folder, pattern)
              let digits = string.Concat(Path.GetFileName(version).Where(c => char.IsAsciiDigit(c) || c == '.'))
              let bin = Path.Combine(version, "bin")
              where double.TryParse(digits, CultureInfo.InvariantCulture, out _) && File.Exists(Path.Combine(bin, "initdb"))
              orderby double.Parse(digits, CultureInfo.InvariantCulture) descending
              select bin;

    private static (string Uid, string Gid) UserForRoot()
    {
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).ToLookup(fields => fields[0], fields => (Uid: fields[2], Gid: fields[3]));
        return users["postgres"].Concat(users["nobody"]).First();
    }
}
