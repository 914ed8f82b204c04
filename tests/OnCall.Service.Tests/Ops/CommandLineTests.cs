using OnCall.Service.Ops;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Ops;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("serve --urls http://127.0.0.1:1 --OnCall:PublicUrl=https://a.example.org", "serve", "--urls http://127.0.0.1:1 --OnCall:PublicUrl=https://a.example.org")]
    [InlineData("--ConnectionStrings:OnCall Host=a import a.yaml --dry-run", "import a.yaml --dry-run", "--ConnectionStrings:OnCall Host=a")]
    [InlineData("import --dry-rnu a.yaml", "import --dry-rnu a.yaml", "")]
    [InlineData("who --at 2026-01-05T09:00+00:00", "who --at 2026-01-05T09:00+00:00", "")]
    public void Split_SettingsAmongWords_ArePartedInTheirOrder(string line, string words, string settings)
    {
        var parts = CommandLine.Split(line.Split(' '));

        string.Join(' ', parts.Words).ShouldBe(words);
        string.Join(' ', parts.Settings).ShouldBe(settings);
    }
}
