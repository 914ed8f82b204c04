using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Chain;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;
using OnCall.Service.Twilio;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Ops;

public sealed class When_the_program_is_started(TestDatabase databases)
{
    private const string Nowhere = "--ConnectionStrings:OnCall=Host=127.0.0.1;Port=1;Username=oncall;Password=hidden";

    [Fact]
    public async Task Should_say_in_a_line_each_which_settings_are_missing()
    {
        var (exitCode, output, errors) = await RunAsync("serve");

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        Lines(errors).Length.ShouldBe(4);
        Lines(errors).ShouldAllBe(line => line.StartsWith("oncall: ") && line.Contains("it takes"));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("migrate")]
    [InlineData("who")]
    public async Task Should_say_in_one_line_that_the_database_is_away(string command)
    {
        var nothingKept = Directory.CreateTempSubdirectory("oncall-journal-").FullName;
        var (exitCode, output, errors) = await RunAsync([command, .. RunningService.Settings, Nowhere, $"--OnCall:JournalFolder={nothingKept}"]);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        Lines(errors).ShouldHaveSingleItem().ShouldStartWith("oncall: ConnectionStrings:OnCall: the database cannot be reached");
        errors.ShouldNotContain("hidden");
        Directory.Delete(nothingKept);
    }

    [Fact]
    public async Task Should_serve_by_the_book_on_its_disk_while_the_database_is_away()
    {
        var folder = await KeepBookAsync();
        using var service = ServeByKeptBook(folder, Nowhere);
        using var http = new HttpClient { BaseAddress = await service.WaitUntilServingAsync(Stop) };

        (await http.GetAsync(new Uri("/health/live", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync(Stop)).ShouldContain("the database is away");
        await service.TerminateAsync(Stop);
        (await service.WaitForExitAsync(Stop)).ShouldBe(0);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A collector of logs stalls, or the disk that it writes to is full: a pipe takes 64 KB, and then nothing.</summary>
    [Fact]
    public async Task Should_answer_and_end_although_nobody_takes_its_log()
    {
        var folder = await KeepBookAsync();
        using var service = ServeByKeptBook(folder, Nowhere);
        using var http = new HttpClient { BaseAddress = await service.WaitUntilServingAsync(Stop), Timeout = TimeSpan.FromSeconds(20) };

        // Two lines each, at the level that this service is told.
        await Parallel.ForEachAsync(Enumerable.Range(0, 5_500), Stop, async (_, stop) =>
        {
            using var live = await http.GetAsync(new Uri("/health/live", UriKind.Relative), stop);
            live.StatusCode.ShouldBe(HttpStatusCode.OK);
        });

        (await http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop)).ShouldMatch("(?m)^oncall_log_dropped_total\\S* [1-9]");
        await service.TerminateAsync(Stop);
        (await service.WaitForExitAsync(Stop)).ShouldBe(0);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Its first look at the database that is back may fail for a moment: calls are answered meanwhile.</summary>
    [Fact]
    public async Task Should_go_on_serving_where_the_database_that_is_back_does_not_say_its_version_yet()
    {
        await using var database = await databases.CreateAsync();
        await using var gate = new DatabaseGate(database.ConnectionString);
        gate.Shut();
        var folder = await KeepBookAsync();
        using var service = ServeByKeptBook(folder, $"--ConnectionStrings:OnCall={gate.ConnectionString}");
        using var http = new HttpClient { BaseAddress = await service.WaitUntilServingAsync(Stop) };
        service.KeepLog();
        await using (var connection = new NpgsqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync(Stop);
            await using var migration = await connection.BeginTransactionAsync(Stop);
            await using var hold = new NpgsqlCommand("""LOCK TABLE "__EFMigrationsHistory" IN ACCESS EXCLUSIVE MODE""", connection, migration);
            await hold.ExecuteNonQueryAsync(Stop);
            gate.Open();
            await RealTime.UntilAsync(() => service.Log.Holds("did not say which version it is at"));
            (await http.GetAsync(new Uri("/health/serving", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await RealTime.UntilAsync(async () => (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop)).IsSuccessStatusCode);
        await service.TerminateAsync(Stop);
        (await service.WaitForExitAsync(Stop)).ShouldBe(0);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Should_ask_for_a_migration_of_a_database_that_has_none()
    {
        await using var database = await databases.CreateAsync();
        await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var drop = source.CreateCommand("""DROP TABLE "__EFMigrationsHistory" """))
        {
            await drop.ExecuteNonQueryAsync(Stop);
        }

        var (exitCode, _, errors) = await RunAsync(["serve", .. RunningService.Settings, $"--ConnectionStrings:OnCall={database.ConnectionString}"]);

        exitCode.ShouldBe(1);
        Lines(errors).ShouldHaveSingleItem().ShouldContain("run `oncall migrate` first");
    }

    [Fact]
    public async Task Should_ask_the_operator_of_a_tool_for_a_migration_too()
    {
        await using var database = await databases.CreateAsync();
        await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var drop = source.CreateCommand("DROP TABLE book_revisions"))
        {
            await drop.ExecuteNonQueryAsync(Stop);
        }

        var (exitCode, _, errors) = await RunAsync("who", $"--ConnectionStrings:OnCall={database.ConnectionString}");

        exitCode.ShouldBe(1);
        Lines(errors).ShouldHaveSingleItem().ShouldContain("run `oncall migrate` first");
    }

    [Fact]
    public async Task Should_migrate_a_database_that_is_migrated()
    {
        await using var database = await databases.CreateAsync();

        var (exitCode, output, errors) = await RunAsync("migrate", $"--ConnectionStrings:OnCall={database.ConnectionString}");

        exitCode.ShouldBe(0, errors);
        Lines(output).ShouldBe(["The database is at this version."]);
    }

    /// <summary>A machine's own addresses are none of those that are for documentation (RFC 5737).</summary>
    [Fact]
    public async Task Should_say_in_one_line_that_its_address_is_not_here()
    {
        await using var database = await databases.CreateAsync();

        var (exitCode, output, errors) = await RunAsync(
            ["serve", .. RunningService.Settings, $"--ConnectionStrings:OnCall={database.ConnectionString}", "--urls=http://192.0.2.1:5000"]);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        Lines(errors).ShouldHaveSingleItem().ShouldContain("Choose another address with --urls");
    }

    [Fact]
    public async Task Should_say_all_that_is_wrong_with_the_words_of_a_demo()
    {
        var (exitCode, output, errors) = await RunAsync("demo", "--port", "65535", "--calls-per-second", "0");

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        Lines(errors).ShouldBe(["oncall: --port takes 1 to 65534: the phones' page is on the next one.", "oncall: --calls-per-second takes 0.1 to 10000."]);
    }

    [Fact]
    public async Task Should_say_in_one_line_that_its_port_is_taken()
    {
        await using var database = await databases.CreateAsync();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, output, errors) = await RunAsync(
            ["serve", .. RunningService.Settings, $"--ConnectionStrings:OnCall={database.ConnectionString}", $"--urls=http://{taken.LocalEndpoint}"]);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        Lines(errors).ShouldHaveSingleItem().ShouldContain("address already in use");
    }

    [Fact]
    public async Task Should_refuse_a_word_that_it_does_not_know()
    {
        var (exitCode, _, errors) = await RunAsync("migrate", "--dry-rnu");

        exitCode.ShouldBe(1);
        errors.ShouldContain("--dry-rnu");
    }

    [Fact]
    public async Task Should_end_in_peace_when_it_is_told_to_stop()
    {
        await using var database = await databases.CreateAsync();
        using var service = Serve(database);
        await service.WaitUntilServingAsync(Stop);

        await service.TerminateAsync(Stop);

        (await service.WaitForExitAsync(Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Should_end_in_failure_when_something_inside_breaks()
    {
        await using var database = await databases.CreateAsync();

        var exitCode = await ServeCommand.RunAsync(
            [.. RunningService.Settings, $"--ConnectionStrings:OnCall={database.ConnectionString}"], Stop, builder => builder.Services.AddHostedService<Breaks>());

        exitCode.ShouldBe(1);
    }

    [Fact]
    public async Task Should_log_a_request_without_the_numbers_in_its_address()
    {
        await using var database = await databases.CreateAsync();
        using var service = Serve(database);
        var address = await service.WaitUntilServingAsync(Stop);
        using var http = new HttpClient { BaseAddress = address };

        await http.GetAsync(new Uri("/api/v1/enquiries?number=%2B447700900201", UriKind.Relative), Stop);
        await http.GetAsync(new Uri("/api/v1/somewhere/%2B447700900201", UriKind.Relative), Stop);
        await service.TerminateAsync(Stop);
        await service.WaitForExitAsync(Stop);

        var log = await service.ReadToEndAsync(Stop);
        log.ShouldContain("answered 401");
        log.ShouldNotContain("447700900201");
    }

    [Fact]
    public async Task Should_log_the_reading_of_a_calendar_without_its_secret()
    {
        await using var database = await databases.CreateAsync();
        using var service = Serve(database);
        using var http = new HttpClient { BaseAddress = await service.WaitUntilServingAsync(Stop) };

        await http.GetAsync(new Uri("/calendars/the-secret.ics", UriKind.Relative), Stop);
        await http.GetAsync(new Uri("/calendars/the-secret", UriKind.Relative), Stop);
        await service.TerminateAsync(Stop);
        await service.WaitForExitAsync(Stop);

        var log = await service.ReadToEndAsync(Stop);
        log.ShouldContain("/calendars/{secret}.ics");
        log.ShouldContain("answered 404");
        log.ShouldNotContain("the-secret");
    }

    private static OnCallProcess Serve(OwnDatabase database) => OnCallProcess.Start(
    [
        "serve",
        .. RunningService.Settings,
        "--Serilog:MinimumLevel:Default=Information",
        "--Serilog:MinimumLevel:Override:Microsoft=Information",
        "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Information",
        $"--ConnectionStrings:OnCall={database.ConnectionString}",
    ]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] words) => OnCallProcess.RunAsync(words, Stop);

    private sealed class Breaks(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource();
            lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task;
            throw new InvalidOperationException("A bug.");
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A folder with a book on the disk, as a node leaves it behind.</summary>
    private static async Task<string> KeepBookAsync()
    {
        var folder = Directory.CreateTempSubdirectory("oncall-journal-").FullName;
        var book = RotaCheck.Check([RotaDocument.Read(Encoding.UTF8.GetBytes(Books.OneDesk()), DocumentForm.Yaml)], BookContent.Empty, prune: true).Content!;
        await new KeptBook(
            new OnCallSettings { PublicUrl = "https://oncall.example.org", JournalFolder = folder },
            new TwilioSettings { AccountSid = "AC00000000000000000000000000000001", AuthToken = RunningService.AuthToken }).WriteAsync(new RotaBook(1, book));
        return folder;
    }

    private static OnCallProcess ServeByKeptBook(string folder, string database) => OnCallProcess.Start(
        ["serve", .. RunningService.Settings, "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Information", "--Serilog:MinimumLevel:Override:Microsoft=Information", "--Serilog:MinimumLevel:Override:OnCall=Warning", database, $"--OnCall:JournalFolder={folder}"]);
}
