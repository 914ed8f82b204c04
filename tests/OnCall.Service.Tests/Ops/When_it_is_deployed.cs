using System.Text.RegularExpressions;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace OnCall.Service.Tests.Ops;

/// <summary>What the files of <c>deploy/</c> say of the service is so.</summary>
public sealed class When_it_is_deployed
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "deploy");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Where(file => !file.EndsWith(".md", StringComparison.Ordinal))];

    [Fact]
    public void Should_be_written_for_systemd_docker_compose_and_kubernetes() =>
        Files.Select(file => file.Data).ShouldBe(["oncall.service", "Dockerfile", "compose.yaml", Path.Combine("kubernetes", "oncall.yaml"), Path.Combine("kubernetes", "migrate.yaml")], ignoreOrder: true);

    [Theory, MemberData(nameof(Files))]
    public void Should_name_settings_of_the_service(string file)
    {
        var known = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));
        var named = Regex.Matches(Text(file), @"\b[A-Z][A-Za-z]+__[A-Z][A-Za-z]+").Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToList();

        named.ShouldNotBeEmpty();
        named.Where(name => !known.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>Whoever leads calls by <c>/health/ready</c> leads them to nobody while the database is away.</summary>
    [Theory]
    [InlineData("compose.yaml", "/health/serving")]
    [InlineData("kubernetes/oncall.yaml", "/health/serving", "/health/live", "/health/live")]
    public void Should_lead_calls_to_whoever_serves_them(string file, params string[] asked) =>
        Regex.Matches(Text(file), "(?:httpGet: \\{ path:|health_uri) *(/[a-z/]*)").Select(match => match.Groups[1].Value).ShouldBe(asked);

    /// <summary>A hundred wrong keys of one caller would lock out all where they have the proxy's address.</summary>
    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("kubernetes/oncall.yaml")]
    public void Should_tell_callers_behind_a_proxy_apart(string file) => Text(file).ShouldMatch("ASPNETCORE_FORWARDEDHEADERS_ENABLED(:|, value:) \"true\"");

    /// <param name="values">What stands at the key in each of the file's documents.</param>
    [Theory]
    [InlineData("compose.yaml", "name", "oncall")]
    [InlineData("kubernetes/oncall.yaml", "kind", "Service", "StatefulSet", "PodDisruptionBudget")]
    [InlineData("kubernetes/migrate.yaml", "kind", "Job")]
    public void Should_be_good_yaml(string file, string key, params string[] values)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text(file)));

        yaml.Documents.Select(document => document.RootNode.ShouldBeOfType<YamlMappingNode>()[key].ToString()).ShouldBe(values);
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));
}
