using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using OnCall.Service.Tests.Access;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>The description of the API: whole, valid, true, and as it was when somebody looked at it last.</summary>
public sealed partial class When_the_api_is_described(TestDatabase databases) : IAsyncLifetime
{
    private OwnDatabase _database = null!;
    private RunningService _service = null!;
    private string _text = "";

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString);
        _text = await _service.Http.GetStringAsync("/openapi/v1.json", Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Where it differs it is written beside the kept one, as <c>v1.received.json</c> in the output folder: look at it, and keep it.</summary>
    [Fact]
    public void Should_be_as_it_is_kept()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "OpenApi");
        var kept = File.ReadAllText(Path.Combine(folder, "v1.json"));
        if (_text != kept)
        {
            File.WriteAllText(Path.Combine(folder, "v1.received.json"), _text);
        }

        var line = _text.Split('\n').Zip(kept.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count() + 1;
        (_text == kept).ShouldBeTrue($"It differs from line {line} on.");
    }

    [Fact]
    public void Should_be_valid()
    {
        var read = OpenApiDocument.Parse(_text, OpenApiConstants.Json);

        read.Diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}").ShouldBeEmpty();
        read.Diagnostic.Warnings.Select(warning => $"{warning.Pointer}: {warning.Message}").ShouldBeEmpty();
        read.Diagnostic.SpecificationVersion.ShouldBe(OpenApiSpecVersion.OpenApi3_1);
        var broken = OpenApiDocument.Parse(_text.Replace("\"responses\":", "\"answers\":", StringComparison.Ordinal), OpenApiConstants.Json);
        broken.Diagnostic!.Errors.Concat(broken.Diagnostic.Warnings).ShouldNotBeEmpty("the check finds what is wrong");
    }

    [Fact]
    public void Should_have_every_route_of_the_api_and_no_other()
    {
        var described = from path in Paths() from operation in path.Value!.AsObject() select $"{operation.Key.ToUpperInvariant()} {path.Key}";

        described.ShouldBe(
            RouteTable.Routes.Keys.Where(route => route.Contains(" /api/v1/", StringComparison.Ordinal)).Select(route => Constraint().Replace(route, "}")), ignoreOrder: true);
    }

    [Fact]
    public void Should_name_the_roles_that_may_ask()
    {
        foreach (var (route, who) in RouteTable.Routes.Where(row => row.Key.Contains(" /api/v1/", StringComparison.Ordinal)))
        {
            var (method, path) = (route.Split(' ')[0], Constraint().Replace(route.Split(' ')[1], "}"));
            Paths()[path]![method.ToLowerInvariant()]!["security"]![0]!["key"]!.AsArray().Select(role => role!.GetValue<string>())
                .ShouldBe(Service.Access.Roles.ThatSatisfy[who], route);
        }
    }

    [Fact]
    public void Should_explain_every_operation_and_parameter()
    {
        foreach (var (path, operations) in Paths())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                (operation!["summary"]?.GetValue<string>()).ShouldNotBeNullOrEmpty($"{method} {path}");
                operation["operationId"].ShouldNotBeNull();
                operation["parameters"]?.AsArray().ShouldAllBe(parameter => parameter!["description"] != null, $"{method} {path}");
            }
        }

        var ids = from path in Paths() from operation in path.Value!.AsObject() select operation.Value!["operationId"]!.GetValue<string>();
        ids.ShouldBeUnique();
    }

    [Fact]
    public void Should_give_examples_that_fit()
    {
        var schemas = new Schemas(JsonNode.Parse(_text)!);
        var examples = schemas.Names.Select(name => (Name: name, Example: schemas.ExampleOf(name))).Where(pair => pair.Example is not null).ToList();

        examples.Count.ShouldBeGreaterThan(20);
        examples.SelectMany(pair => schemas.Faults(pair.Name, pair.Example!).Select(fault => $"{pair.Name}: {fault}")).ShouldBeEmpty();
        schemas.Faults("Adviser", JsonNode.Parse("""{ "id": "A KHAN", "name": 1 }""")!).ShouldNotBeEmpty();
    }

    /// <summary>What is described is what is taken: the examples make up a book.</summary>
    [Fact]
    public async Task Should_give_examples_that_are_taken()
    {
        var schemas = new Schemas(JsonNode.Parse(_text)!);
        JsonNode Example(string name) => schemas.ExampleOf(name)!.DeepClone();

        (await SendAsync("/api/v1/import", KnownIds.Book(schemas))).ShouldBe(HttpStatusCode.OK);
        (await SendAsync("/api/v1/rotas/extradition/overrides", Example("Override"))).ShouldBe(HttpStatusCode.Created);
        (await SendAsync("/api/v1/keys", Example("NewKey"))).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Should_fit_the_whole_book_that_is_exported()
    {
        using var import = new HttpRequestMessage(HttpMethod.Post, "/api/v1/import")
        {
            Content = new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "rota-samples", "iccc.yaml"), Stop)),
        };
        import.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/yaml");
        (await SendAsync(import)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var export = new HttpRequestMessage(HttpMethod.Get, "/api/v1/export");

        var book = JsonNode.Parse(await (await SendAsync(export)).Content.ReadAsStringAsync(Stop));

        book!["advisers"]!.AsArray().Count.ShouldBeGreaterThan(20);
        new Schemas(JsonNode.Parse(_text)!).Faults("RotaDocument", book).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_be_readable_for_people_without_the_internet()
    {
        var page = await _service.Http.GetStringAsync("/reference/", Stop);

        var links = Link().Matches(page).Select(match => match.Groups["to"].Value).ToList();
        links.ShouldContain("scalar.js");
        links.ShouldAllBe(link => !link.Contains("//", StringComparison.Ordinal));
        page.ShouldContain("openapi/v1.json");
        var script = await _service.Http.GetAsync("/reference/scalar.js", Stop);
        (script.StatusCode, script.Content.Headers.ContentType?.MediaType).ShouldBe((HttpStatusCode.OK, "text/javascript"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private JsonObject Paths() => JsonNode.Parse(_text)!["paths"]!.AsObject();

    private async Task<HttpStatusCode> SendAsync(string path, JsonNode body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), MediaTypeHeaderValue.Parse("application/json")) };
        return (await SendAsync(request)).StatusCode;
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        return _service.Http.SendAsync(request, Stop);
    }

    [GeneratedRegex(@":[a-z]+\}")]
    private static partial Regex Constraint();

    [GeneratedRegex("""(src|href)=["'](?<to>[^"']+)["']""", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
