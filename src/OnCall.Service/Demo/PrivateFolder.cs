using System.Runtime.Versioning;
using System.Security.Cryptography;
using OnCall.Service.Ops;

namespace OnCall.Service.Demo;

/// <summary>
/// The folder of one private server, below <c>/tmp/oncall-postgres-USER</c>, or in memory: a unix socket's path must stay under 100 characters, and the
/// parents must be open to the user as whom the server runs. Its owner holds a lock on the file beside it; the system lets go of that when the owner
/// ends, however it ends, so a folder without a held lock is a killed run's.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class PrivateFolder : IAsyncDisposable
{
    private const string Memory = "/dev/shm";
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>In bytes: some servers, each with up to a gigabyte of its log.</summary>
    private const long RoomForServers = 8_000_000_000;

    private readonly PostgresPrograms _programs;
    private readonly FileStream _lock;

    private PrivateFolder(PostgresPrograms programs, FileStream held)
    {
        _programs = programs;
        _lock = held;
        Path = System.IO.Path.ChangeExtension(held.Name, null);
    }

    public string Path { get; }

    /// <summary>Where a server's folder lies. One that need not outlive the machine lies in memory, if there is room: to make a database takes a quarter of the time there.</summary>
    public static string Parent(bool durable) =>
        $"{(!durable && Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > RoomForServers ? Memory : "/tmp")}/oncall-postgres-{Environment.UserName}";

    /// <summary>Sweeps what killed runs left, then makes a new folder.</summary>
    public static async Task<PrivateFolder> CreateAsync(PostgresPrograms programs, bool durable, CancellationToken stop)
    {
        var parent = await OwnAsync(Parent(durable), stop);
        foreach (var file in Directory.EnumerateFiles(parent, "*.lock"))
        {
            if (TryHold(file, FileMode.Open) is { } stale)
            {
                await new PrivateFolder(programs, stale).DisposeAsync();
            }
        }

        // Between the file's creation and the lock another run's sweep may take it for a stale one.
        FileStream? held;
        do
        {
            held = TryHold(System.IO.Path.Combine(parent, $"{RandomNumberGenerator.GetHexString(8, lowercase: true)}.lock"), FileMode.CreateNew);
        }
        while (held is null);

        var folder = new PrivateFolder(programs, held);
        Directory.CreateDirectory(folder.Path, Own);
        await programs.OwnAsync(folder.Path, stop);
        return folder;
    }

    /// <summary>A folder that is ours: in a place where everybody may write, somebody else could have made it first, and what the sweep finds there would be theirs.</summary>
    /// <exception cref="OperatorException">It is somebody else's, or a link.</exception>
    internal static async Task<string> OwnAsync(string path, CancellationToken stop)
    {
        var folder = Directory.CreateDirectory(path, Own | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return folder.LinkTarget is null && await PostgresPrograms.IsOursAsync(path, stop)
            ? folder.FullName
            : throw new OperatorException($"{path} is a link, or belongs to another user: remove it, and try again.");
    }

    /// <summary>Stops the server, if one runs here, and removes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        var data = System.IO.Path.Combine(Path, "data");
        if (File.Exists(System.IO.Path.Combine(data, "postmaster.pid")))
        {
            await StopAsync(data);
        }

        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }

        File.Delete(_lock.Name);
        await _lock.DisposeAsync();
    }

    private async Task StopAsync(string data)
    {
        try
        {
            await _programs.RunAsync("pg_ctl", ["-D", data, "-m", "immediate", "-w", "stop"], Path, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // The server was killed too, and left its file of the process id behind.
        }
    }

    private static FileStream? TryHold(string file, FileMode mode)
    {
        try
        {
            return new FileStream(file, mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
