using OnCall.Service.Ops;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Ops;

public sealed class SettingsTests
{
    private const string Database = "--ConnectionStrings:OnCall=Host=127.0.0.1;Password=hidden";

    [Fact]
    public void BuildService_NoSettings_NamesEveryOneThatIsMissing() =>
        Problems().Select(Key).ShouldBe(["ConnectionStrings:OnCall", "OnCall:PublicUrl", "Twilio:AccountSid", "Twilio:AuthToken"]);

    [Theory]
    [InlineData("OnCall:PublicUrl", "oncall.example.org")]
    [InlineData("OnCall:PublicUrl", "http://oncall.example.org")]
    [InlineData("OnCall:PublicUrl", "https://oncall.example.org/?a=b")]
    [InlineData("OnCall:FallbackUrl", "ftp://oncall.example.org")]
    [InlineData("OnCall:FallbackExport", "ftp://fallback.example.org/now.xml")]
    [InlineData("OnCall:FallbackExport", "http://fallback.example.org/now.xml")]
    [InlineData("OnCall:FallbackExport", "https://")]
    [InlineData("OnCall:FallbackExport", "/nowhere/at/all/now.xml")]
    [InlineData("OnCall:AdminKey", "two words")]
    [InlineData("OnCall:AllowedDestinations", "+441,0044")]
    [InlineData("OnCall:AllowedDestinations:0", "447")]
    [InlineData("OnCall:DrainSeconds", "21")]
    [InlineData("OnCall:KeepWords", "90 days")]
    [InlineData("OnCall:KeepWords", "PT24H")]
    [InlineData("OnCall:KeepWords", "P0D")]
    [InlineData("OnCall:KeepWords", "P11Y")]
    [InlineData("Twilio:RedactTexts", "yes please")]
    [InlineData("urls", "here")]
    [InlineData("Twilio:AccountSid", "AC12")]
    [InlineData("Twilio:ApiBaseUrl", "http://api.example.org")]
    [InlineData("Twilio:ManageNumbers", "perhaps")]
    [InlineData("Twilio:CallsPerSecond", "0")]
    [InlineData("Twilio:MessagesPerSecond", "many")]
    [InlineData("ConnectionStrings:OnCall", "Password=hidden;Nonsense=1")]
    public void BuildService_AWrongSetting_IsNamedWithoutASecret(string key, string value)
    {
        var problem = Problems([.. RunningService.Settings, Database, $"--{key}={value}"]).ShouldHaveSingleItem();

        problem.ShouldStartWith(key.Replace(":0", "", StringComparison.Ordinal));
        problem.ShouldContain("it takes");
        problem.ShouldNotContain("hidden");
    }

    [Theory]
    [InlineData("OnCall:Oidc:0:Authority", "http://login.example.org")]
    [InlineData("OnCall:Oidc:0:Authority", "https://login.microsoftonline.com/common/v2.0")]
    [InlineData("OnCall:Oidc:0:Audience", ", ,")]
    [InlineData("OnCall:Oidc:0:RolesClaim", "two words")]
    [InlineData("OnCall:Oidc:0:RoleClaim", "roles")]
    [InlineData("OnCall:Oidc:0:Roles:king", "King")]
    [InlineData("OnCall:Oidc:1:Authority", "https://login.example.org/")]
    public void BuildService_AWrongIssuer_IsNamed(string key, string value)
    {
        string[] issuers =
        [
            "--OnCall:Oidc:0:Authority=https://login.example.org", "--OnCall:Oidc:0:Audience=oncall", "--OnCall:Oidc:0:Roles:reader=Reader",
            .. key.Contains(":1:", StringComparison.Ordinal) ? ["--OnCall:Oidc:1:Audience=oncall", "--OnCall:Oidc:1:Roles:reader=Reader"] : Array.Empty<string>(),
        ];

        Problems([.. RunningService.Settings, Database, .. issuers, $"--{key}={value}"]).ShouldHaveSingleItem().ShouldStartWith($"{key} is wrong: it takes ");
    }

    [Fact]
    public void BuildService_AnIssuerOfWhomNothingIsSaid_IsAskedForAll() =>
        Problems([.. RunningService.Settings, Database, "--OnCall:Oidc:0:NameClaim=name"]).Select(Key).ShouldBe(["OnCall:Oidc:0:Authority", "OnCall:Oidc:0:Audience", "OnCall:Oidc:0:Roles"]);

    [Fact]
    public void BuildTool_NoSettings_AsksForTheDatabaseAlone() =>
        Should.Throw<SettingsException>(() => Rooms.BuildTool([])).Problems.Select(Key).ShouldBe(["ConnectionStrings:OnCall"]);

    [Theory]
    [InlineData("http://localhost:5080", "http://localhost:5080")]
    [InlineData("https://OnCall.example.org/", "https://OnCall.example.org")]
    [InlineData("https://oncall.example.org:8443/path/", "https://oncall.example.org:8443/path")]
    public void WebAddress_Parse_KeepsWhatIsWritten(string text, string address) => WebAddress.Parse(text).ShouldBe(address);

    private static IReadOnlyList<string> Problems(params string[] settings) =>
        Should.Throw<SettingsException>(() => Rooms.BuildService(settings)).Problems;

    private static string Key(string problem) => problem.Split(' ')[0];
}
