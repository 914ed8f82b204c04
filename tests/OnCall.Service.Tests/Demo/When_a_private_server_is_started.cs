using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Npgsql;
using OnCall.Service.Demo;
using OnCall.Service.Ops;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Demo;

public sealed class When_a_private_server_is_started
{
    [Theory]
    [InlineData(true, "on")]
    [InlineData(false, "off")]
    public async Task Should_be_as_durable_as_asked(bool durable, string fsync)
    {
        await using var server = await PrivatePostgres.StartAsync(durable, Stop);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand("SHOW fsync");

        (await command.ExecuteScalarAsync(Stop)).ShouldBe(fsync);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Should_sweep_what_a_killed_run_left()
    {
        // A run that is alive holds a lock on its file; nobody holds this one.
        var parent = Directory.CreateDirectory(PrivateFolder.Parent(durable: false)).FullName;
        var stale = Path.Combine(parent, $"killed-{RandomNumberGenerator.GetHexString(8)}");
        Directory.CreateDirectory(stale);
        await File.WriteAllTextAsync($"{stale}.lock", "", Stop);

        await using var server = await PrivatePostgres.StartAsync(durable: false, Stop);

        Directory.Exists(stale).ShouldBeFalse();
        File.Exists($"{stale}.lock").ShouldBeFalse();
    }

    /// <summary>Somebody else who made the folder first would have the sweep work on what lies there.</summary>
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Should_not_work_in_a_folder_that_may_be_somebody_elses()
    {
        var place = Directory.CreateTempSubdirectory("oncall-folder-").FullName;
        var (own, link) = (Path.Combine(place, "own"), Path.Combine(place, "link"));

        (await PrivateFolder.OwnAsync(own, Stop)).ShouldBe(own);
        Directory.CreateSymbolicLink(link, own);
        (await Should.ThrowAsync<OperatorException>(() => PrivateFolder.OwnAsync(link, Stop))).Message.ShouldStartWith(link);
        await Should.ThrowAsync<OperatorException>(() => PrivateFolder.OwnAsync(Environment.IsPrivilegedProcess ? OfAnother(own) : "/", Stop));
        Directory.Delete(place, recursive: true);
    }

    private static string OfAnother(string folder)
    {
        using var chown = Process.Start("chown", ["1", folder]);
        chown.WaitForExit();
        return folder;
    }

    [Fact]
    public async Task Should_leave_nothing_when_it_is_stopped()
    {
        var server = await PrivatePostgres.StartAsync(durable: false, Stop);
        var folder = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
        Directory.Exists(folder).ShouldBeTrue();

        await server.DisposeAsync();

        Directory.Exists(folder).ShouldBeFalse();
        File.Exists($"{folder}.lock").ShouldBeFalse();
    }

    /// <summary>It may run as another user, who can read what stands in its environment.</summary>
    [Fact]
    public async Task Should_not_hand_the_server_the_settings_of_this_process()
    {
        const string Setting = "Twilio__SecretOfTheTests";
        Environment.SetEnvironmentVariable(Setting, "planted");
        try
        {
            await using var server = await PrivatePostgres.StartAsync(durable: false, Stop);
            var folder = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
            var process = (await File.ReadAllLinesAsync(Path.Combine(folder, "data", "postmaster.pid"), Stop))[0];

            var environment = (await File.ReadAllTextAsync($"/proc/{process}/environ", Stop)).Split('\0').Select(variable => variable.Split('=')[0]).ToList();

            environment.ShouldContain("PATH");
            environment.ShouldNotContain(Setting);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Setting, null);
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
