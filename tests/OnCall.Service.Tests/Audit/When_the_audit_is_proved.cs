using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Npgsql;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Audit;

public sealed class When_the_audit_is_proved(TestDatabase databases) : IAsyncLifetime
{
    private static readonly Origin Pat = new("p.lane", "192.0.2.7");
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 25, 9, 0);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oncall-audit");
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    private string HeadFile => Path.Combine(_folder.FullName, "head.json");

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString, [$"--OnCall:AuditHeadFile={HeadFile}"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Should_hold_when_nothing_was_touched()
    {
        await WriteAsync(5);

        (await ProveAsync()).ShouldBe(new AuditProof(5, 0, null));
        (await VerifyAsync()).ShouldBe((0, "5 entries are as they were sealed; before and after of 0 were erased; 0 are not sealed yet.\n", ""));
    }

    [Fact]
    public async Task Should_hold_when_what_was_before_and_after_is_erased()
    {
        await WriteAsync(5);

        await RunAsync("UPDATE audit SET before = NULL, after = NULL, salt = NULL WHERE id = 2");

        (await ProveAsync()).ShouldBe(new AuditProof(5, 1, null));
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'somebody' WHERE id = 3", "Entry 3 (id 3, enquiry-read) is not what was sealed.")]
    [InlineData("UPDATE audit SET after = '{}' WHERE id = 3", "Entry 3 (id 3, enquiry-read) is not what was sealed.")]
    [InlineData("UPDATE audit SET after = '{}', salt = NULL WHERE id = 3", "Entry 3 (id 3, enquiry-read) is not what was sealed.")]
    [InlineData("UPDATE audit SET at = at + interval '1 microsecond' WHERE id = 3", "Entry 3 (id 3, enquiry-read) is not what was sealed.")]
    [InlineData("UPDATE audit SET ids = '{}' WHERE id = 3", "Entry 3 (id 3, enquiry-read) is not what was sealed.")]
    [InlineData("DELETE FROM audit WHERE id = 3", "Entry 3 (id 3) is gone.")]
    [InlineData("DELETE FROM audit_chain WHERE sequence = 3", "Entry 3 was taken out of the chain: the next one there is 4.")]
    [InlineData("UPDATE audit_chain SET audit_id = -audit_id; UPDATE audit_chain SET audit_id = CASE audit_id WHEN -3 THEN 4 WHEN -4 THEN 3 ELSE -audit_id END", "Entry 3 (id 4, enquiry-read) is not what was sealed.")]
    public async Task Should_name_the_first_entry_that_was_touched(string crime, string fault)
    {
        await WriteAsync(5);

        await RunAsync(crime);

        (await VerifyAsync()).ShouldBe((1, "", fault + "\n"));
    }

    /// <summary>Several nodes may export to one file, and somebody by hand.</summary>
    [Fact]
    public async Task Should_write_the_head_whole_whoever_else_writes_it()
    {
        var folder = Directory.CreateTempSubdirectory("oncall-heads").FullName;
        var file = Path.Combine(folder, "head.json");

        await Parallel.ForEachAsync(Enumerable.Range(1, 200), Stop, async (sequence, stop) => await new AuditHead(sequence, new string('a', 64)).WriteAsync(file, stop));

        (await AuditHead.ReadAsync(file, Stop)).ShouldNotBeNull();
        Directory.GetFiles(folder).ShouldBe([file]);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("DELETE FROM audit_chain WHERE sequence > 3; DELETE FROM audit WHERE id > 3", "The chain ends at entry 3, but the exported head is of entry 5: what followed was taken away.")]
    [InlineData("DELETE FROM audit_chain; UPDATE audit SET actor = 'somebody' WHERE id = 3", "Entry 5 (id 5, enquiry-read) does not fit the exported head: the chain was written anew up to there.")]
    public async Task Should_tell_by_the_exported_head_what_the_chain_alone_cannot(string crime, string fault)
    {
        await WriteAsync(5);
        await (await Chain.HeadAsync(Stop))!.WriteAsync(HeadFile, Stop);

        await RunAsync(crime);
        await SealAsync();

        (await VerifyAsync("--head", HeadFile)).ShouldBe((1, "", fault + "\n"));
        (await VerifyAsync($"--OnCall:AuditHeadFile={HeadFile}")).ShouldBe((1, "", fault + "\n"), "what was exported last need not be named again");
    }

    /// <summary>Whoever writes the chain anew needs only wait otherwise, until the service itself puts a head into the file that fits.</summary>
    [Fact]
    public async Task Should_not_export_a_head_over_one_that_proves_a_crime()
    {
        await WriteAsync(5);
        var sealing = _service.Services.GetServices<IHostedService>().OfType<AuditSealing>().Single();
        await sealing.ExportAsync(Stop);
        var head = await File.ReadAllTextAsync(HeadFile, Stop);

        await RunAsync("DELETE FROM audit_chain; UPDATE audit SET actor = 'somebody' WHERE id = 3");
        await SealAsync();
        await sealing.ExportAsync(Stop);

        (await File.ReadAllTextAsync(HeadFile, Stop)).ShouldBe(head);
    }

    [Fact]
    public async Task Should_go_on_over_batches()
    {
        await WriteAsync(AuditChain.LargestBatch + 20);

        (await ProveAsync()).Entries.ShouldBe(AuditChain.LargestBatch + 20);
        (await Chain.CountUnsealedAsync(Stop)).ShouldBe(0);
    }

    /// <summary>Whoever writes takes the next number at once, and may be seen after others with higher ones, which are sealed by then.</summary>
    [Fact]
    public async Task Should_seal_an_entry_that_comes_late_without_looking_through_the_whole_audit()
    {
        await WriteAsync(3);
        await RunAsync("SELECT nextval(pg_get_serial_sequence('audit', 'id'))");
        await WriteAsync(3);
        (await ReadIdsAsync()).ShouldBe([1, 2, 3, 5, 6, 7]);

        await RunAsync("INSERT INTO audit (id, at, actor, kind, subject, source) OVERRIDING SYSTEM VALUE SELECT 4, at, actor, kind, subject, source FROM audit WHERE id = 3");
        await RealTime.UntilAsync(async () =>
        {
            await Chain.SealAsync(everywhere: false, Stop);
            return await Chain.CountUnsealedAsync(Stop) == 0;
        }, "the late entry is sealed");

        (await ReadIdsAsync()).ShouldBe([1, 2, 3, 5, 6, 7, 4]);
        (await ProveAsync()).ShouldBe(new AuditProof(7, 0, null));
    }

    [Fact]
    public async Task Should_be_asked_who_looked_at_an_enquiry_between_two_times()
    {
        await WriteAsync(5);
        using var made = await AskAsync(HttpMethod.Post, "keys", new { name = "the-auditor", role = "auditor" });

        var page = await ReadAsync("audit?id=4821&kind=enquiry-read&from=2026-11-25T09:01:00Z&to=2026-11-25T09:04:00Z&limit=2");

        page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("at").GetString()).ShouldBe(["2026-11-25T09:03:00+00:00", "2026-11-25T09:02:00+00:00"]);
        page.GetProperty("items")[0].GetProperty("actor").GetString().ShouldBe("p.lane");
        var rest = await ReadAsync($"audit?id=4821&kind=enquiry-read&from=2026-11-25T09:01:00Z&to=2026-11-25T09:04:00Z&limit=2&after={page.GetProperty("next").GetString()}");
        rest.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("at").GetString()).ShouldBe(["2026-11-25T09:01:00+00:00"]);
        rest.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await ReadAsync("audit?actor=admin-key&id=the-auditor")).GetProperty("items")[0].GetProperty("after").GetProperty("role").GetString().ShouldBe("auditor");
        using var wrong = await AskAsync(HttpMethod.Get, "audit?after=x&from=yesterday&limit=0&actor=%00");
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Should_export_its_head_where_a_setting_says_so_and_over_HTTP()
    {
        await WriteAsync(3);
        await RealTime.UntilAsync(async () => File.Exists(HeadFile) && (await AuditHead.ReadAsync(HeadFile, Stop))!.Sequence >= 3);

        var head = await ReadAsync("audit/head");

        head.GetProperty("sequence").GetInt64().ShouldBeGreaterThanOrEqualTo(3);
        (await VerifyAsync("--head", HeadFile)).ExitCode.ShouldBe(0);
        (await VerifyAsync("--head", Path.Combine(_folder.FullName, "none"))).Errors.ShouldStartWith("oncall: --head: ");
    }

    /// <summary>The service signs in as a member of the role: it works, and cannot touch what was written down.</summary>
    [Fact]
    public async Task Should_be_out_of_the_services_reach_with_the_grants()
    {
        await RunAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "grants.sql"), Stop));
        var asService = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Options = "-c role=oncall_service" }.ConnectionString;
        await using var node = await RunningService.StartAsync(asService);
        await node.Services.GetRequiredService<KeyStore>().CreateAsync(new KeyWish("wallboard", Roles.Reader), Pat, Stop);
        await node.Services.GetRequiredService<AuditChain>().SealAsync(everywhere: true, Stop);

        await using var source = NpgsqlDataSource.Create(asService);
        foreach (var crime in new[] { "UPDATE audit SET actor = 'x'", "DELETE FROM audit", "TRUNCATE audit", "UPDATE audit_chain SET digest = ''", "DELETE FROM audit_chain", "DROP TABLE audit" })
        {
            await using var command = source.CreateCommand(crime);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Stop))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, crime);
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AuditChain Chain => _service.Services.GetRequiredService<AuditChain>();

    /// <summary>Writes readings of 4821, one a minute, and seals them.</summary>
    private async Task WriteAsync(int entries)
    {
        var log = _service.Services.GetRequiredService<AuditLog>();
        for (var minute = 0; minute < entries; minute++)
        {
            await log.AddAsync(AuditEntry.Of(Pat, Start + Duration.FromMinutes(minute), "enquiry-read", "enquiry 4821", ["4821"], after: new { number = "+447700900201" }), Stop);
        }

        await SealAsync();
    }

    /// <summary>The service's own loop may be at it: whoever comes second finds nothing left.</summary>
    private async Task SealAsync()
    {
        do
        {
            await Chain.SealAsync(everywhere: true, Stop);
        }
        while (await Chain.CountUnsealedAsync(Stop) > 0);
    }

    /// <summary>The ids of what is sealed, in the order in which it was.</summary>
    private async Task<List<long>> ReadIdsAsync() => await Chain.LinksAsync(Stop).Select(pair => pair.Link.AuditId).ToListAsync(Stop);

    private Task<AuditProof> ProveAsync() => AuditProof.OfAsync(Chain, head: null, Stop);

    private Task<(int ExitCode, string Output, string Errors)> VerifyAsync(params string[] words) =>
        OnCallCommand.RunAsync(["verify-audit", .. words, $"--ConnectionStrings:OnCall={_database.ConnectionString}"], Stop);

    private async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private async Task<JsonElement> ReadAsync(string path)
    {
        using var answer = await AskAsync(HttpMethod.Get, path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await _service.Http.SendAsync(request, Stop);
    }
}
