using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OnCall.Service.Access;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Tools;

/// <summary>What a command was started with can be read by everybody on the machine, of it and of whatever it starts: no key may stand there.</summary>
public sealed class When_a_command_holds_a_key(TestDatabase databases) : IAsyncLifetime
{
    private OwnDatabase _database = null!;
    private RunningService _service = null!;
    private string _key = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/keys") { Content = JsonContent.Create(new { name = "seen", role = Roles.Administrator }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        using var made = await _service.Http.SendAsync(request, Stop);
        _key = (await made.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("secret").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_show_it_in_no_command_line_of_the_machine()
    {
        string[] there = ["--url", _service.Http.BaseAddress!.ToString()];
        string[] here = [$"--ConnectionStrings:OnCall={_database.ConnectionString}"];
        var secrets = new List<string> { _key };
        var seen = new HashSet<string>();
        foreach (var words in (string[][])[["key", "create", "--name", "one", "--role", "reader", .. there], ["key", "renew", "one", .. there], ["key", "create", "--name", "two", "--role", "reader", .. here], ["key", "renew", "two", .. here]])
        {
            var (exitCode, output, errors) = await WatchedAsync(words, seen);
            exitCode.ShouldBe(0, errors);
            secrets.Add(output.Trim());
        }

        seen.ShouldContain(line => line.Contains("key renew two", StringComparison.Ordinal), "the commands are seen while they run");
        secrets.ShouldAllBe(secret => secret.StartsWith(KeySecret.Prefix, StringComparison.Ordinal));
        secrets.ShouldBeUnique();
        seen.Where(line => secrets.Exists(secret => line.Contains(secret, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    /// <summary>As the help says of <c>--key</c>; and so it is seen that the look at the machine finds what is there.</summary>
    [Fact]
    public async Task Should_be_found_where_somebody_types_it()
    {
        var seen = new HashSet<string>();

        (await WatchedAsync(["who", "--url", _service.Http.BaseAddress!.ToString(), "--key", _key], seen, isInEnvironment: false)).ExitCode.ShouldBe(0);

        seen.ShouldContain(line => line.Contains(_key, StringComparison.Ordinal));
    }

    /// <summary>Runs a command and notes the command lines of every process meanwhile.</summary>
    private async Task<(int ExitCode, string Output, string Errors)> WatchedAsync(string[] words, HashSet<string> seen, bool isInEnvironment = true)
    {
        var command = OnCallProcess.RunAsync(words, Stop, isInEnvironment ? _key : null);
        do
        {
            seen.UnionWith(Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Select(CommandLine));
        }
        while (await Task.WhenAny(command, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Stop)) != command);

        return await command;
    }

    /// <summary>With blanks between its words; empty = the process is gone.</summary>
    private static string CommandLine(string process)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, "cmdline"))).Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
