using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Tests.Rotas;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Tools;

/// <summary>The commands with <c>--url</c>, in processes of their own, beside the same ones on the service's database.</summary>
public sealed class When_a_service_elsewhere_is_asked(TestDatabase databases) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oncall-elsewhere");
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_publish_and_ask_as_on_the_node_itself()
    {
        var sample = File("iccc.yaml", System.Text.Encoding.UTF8.GetString(Sample.Bytes()));

        (await ThereAsync("import", sample, "--dry-run")).Output.ShouldEndWith("Nothing was changed: this was a dry run.\n");
        (await ThereAsync("import", sample)).Output.ShouldEndWith("Published as revision 1.\n");
        foreach (var words in (string[][])
        [
            ["who", "--desk", "live-operations", "--at", "2027-03-28T12:00"],
            ["who", "--at", "2027-03-28T12:00", "--json"],
            ["gaps", "--from", "2027-01-01T00:00Z", "--to", "2028-01-01T00:00Z", "--json"],
            ["plan", "+442079460101", "--key", "1", "--at", "2027-03-28T01:30:00Z"],
            ["rehearse", "--year", "2027", "--json"],
            ["revisions", "--json"],
            ["check"],
            ["export"],
        ])
        {
            var here = await HereAsync(words);
            here.Errors.ShouldBeEmpty(string.Join(' ', words));
            (await ThereAsync(words)).ShouldBe(here, string.Join(' ', words));
        }

        using var who = JsonDocument.Parse((await ThereAsync("who", "--desk", "live-operations", "--at", "2027-03-28T12:00", "--json")).Output);
        who.RootElement[0].GetProperty("advisers")[0].GetProperty("id").GetString().ShouldBe("r.rowan");
        (await ThereAsync("restore", "1", "--json")).Output.ShouldContain("\"changes\": []");
    }

    [Fact]
    public async Task Should_tell_the_past_by_the_book_that_was_in_force_then()
    {
        await ThereAsync("import", File("first.yaml", Books.TwoDesks()));
        var at = TimeProvider.System.GetUtcNow().ToString("o", CultureInfo.InvariantCulture);
        await ThereAsync("import", File("second.yaml", Books.OneDesk().Replace("adviser: birch, adds", "adviser: cedar, adds", StringComparison.Ordinal)));

        foreach (var ask in (Func<string[], Task<(int ExitCode, string Output, string Errors)>>[])[HereAsync, words => ThereAsync(words)])
        {
            (await ask(["plan", World.Line, "--key", "1", "--at", at])).Output.ShouldContain("Billie Birch (birch; ");
            (await ask(["plan", World.Line])).Output.ShouldNotContain("Billie Birch");
            (await ask(["who", "--at", at])).Output.ShouldContain("Billie Birch (birch");
            (await ask(["who"])).Output.ShouldContain("Chris Cedar (cedar");
        }
    }

    [Fact]
    public async Task Should_tell_a_rotas_shifts_and_what_is_wrong_with_a_document()
    {
        await ThereAsync("import", File("one.yaml", "timeZone: Europe/London\nadvisers: [{ id: a, name: A, phone: \"+447700900101\" }]\nrotas: [{ id: r }]\n"));
        var shifts = File("christmas.csv", "start,end,adviser\n2026-12-25T09:00,2026-12-26T09:00,a\n");
        var wrong = File("wrong.yaml", "rotas:\n  - id: r\n    layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [z] } }]\n    cover: -1\n");

        (await ThereAsync("import", shifts, "--rota", "r")).Output.ShouldContain("Published as revision 2.");
        var refused = await ThereAsync("import", wrong);

        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("line 3: ");
        refused.Errors.ShouldContain("line 4: ");
        refused.Errors.ShouldEndWith("2 errors; nothing was changed.\n");
        using var json = JsonDocument.Parse((await ThereAsync("import", wrong, "--json")).Output);
        json.RootElement.GetProperty("errors").GetArrayLength().ShouldBe(2);
        (await ThereAsync("import", wrong, shifts)).Errors.ShouldStartWith("oncall: christmas.csv holds dated shifts");
        (await ThereAsync("import", wrong, wrong)).Errors.ShouldStartWith("oncall: With --url give one FILE");
    }

    [Fact]
    public async Task Should_say_in_one_line_why_the_service_was_not_asked()
    {
        var reader = await _service.Services.GetRequiredService<KeyStore>().CreateAsync(new KeyWish("reader", Roles.Reader), new Origin("test", "test"), Stop);
        var document = File("one.yaml", "timeZone: Europe/London\n");

        (await AskAsync("no-such-key", "who")).Errors.ShouldStartWith("oncall: The service does not take the key.");
        (await AskAsync(null, "who")).Errors.ShouldStartWith("oncall: --url needs a key of that service: set ONCALL_KEY.");
        (await AskAsync(reader!.Value.Secret, "import", document)).Errors.ShouldStartWith("oncall: The service refuses (403)");
        (await ThereAsync("replay", "4821")).Errors.ShouldBe("oncall: The service refuses (404): There is no enquiry with the ref or id '4821'.\n");
        (await OnCallProcess.RunAsync(["who", "--url", "http://127.0.0.1:1"], Stop, "key")).Errors.ShouldStartWith("oncall: --url: 127.0.0.1:1 cannot be reached: ");
        (await OnCallProcess.RunAsync(["who", "--url", "http://oncall.example.org"], Stop, "key")).Errors.ShouldStartWith("oncall: --url takes the https address of a service");
    }

    /// <summary>A proxy's page, say.</summary>
    [Theory]
    [InlineData("who")]
    [InlineData("replay", "4821")]
    public async Task Should_say_in_one_line_that_a_page_is_no_service(params string[] words)
    {
        await using var page = WebApplication.CreateSlimBuilder().Build();
        page.Urls.Add("http://127.0.0.1:0");
        page.MapFallback(() => Results.Content("<!doctype html><p>Welcome", MediaTypeNames.Text.Html));
        await page.StartAsync(Stop);

        (await OnCallProcess.RunAsync([.. words, "--url", page.Urls.Single()], Stop, "key")).Errors.ShouldBe("oncall: --url: what answers there is no OnCall of this version.\n");
    }

    [Fact]
    public async Task Should_make_list_and_delete_keys()
    {
        using var made = JsonDocument.Parse((await ThereAsync("key", "create", "--name", "p.lane", "--role", "coordinator", "--json")).Output);

        (await AskAsync(made.RootElement.GetProperty("secret").GetString(), "who")).ExitCode.ShouldBe(0);
        (await ThereAsync("key", "create", "--name", "p.lane", "--role", "reader")).Errors.ShouldStartWith("oncall: The service refuses (409): A key has this name already.");
        (await ThereAsync("key", "list")).Output.ShouldStartWith("p.lane: coordinator, never expires, ");
        (await ThereAsync("key", "delete", "p.lane")).Output.ShouldBe("p.lane is deleted.\n");
        (await ThereAsync("key", "list", "--json")).Output.ShouldContain("\"keys\": []");
    }

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private Task<(int ExitCode, string Output, string Errors)> HereAsync(string[] words) =>
        OnCallCommand.RunAsync([.. words, $"--ConnectionStrings:OnCall={_database.ConnectionString}"], Stop);

    private Task<(int ExitCode, string Output, string Errors)> ThereAsync(params string[] words) => AskAsync(RunningService.AdminKey, words);

    private Task<(int ExitCode, string Output, string Errors)> AskAsync(string? key, params string[] words) =>
        OnCallProcess.RunAsync([.. words, "--url", _service.Http.BaseAddress!.ToString()], Stop, key);
}
