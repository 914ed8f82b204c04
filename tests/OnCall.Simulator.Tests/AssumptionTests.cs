using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace OnCall.Simulator.Tests;

public sealed partial class AssumptionTests
{
    [Fact]
    public void Assumed_InTheCode_IsListedInTheChecks()
    {
        var root = Root();
        var listed = Row().Matches(File.ReadAllText(Path.Combine(root, "deploy", "TWILIO-CHECKS.md"))).Select(m => m.Groups["number"].Value).ToList();
        var assumed = Directory.EnumerateFiles(Path.Combine(root, "src", "OnCall.Simulator"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Check().Matches(File.ReadAllText(file)).Select(m => m.Groups["number"].Value))
            .Distinct()
            .ToList();

        listed.ShouldBeUnique();
        assumed.Count.ShouldBeGreaterThan(30);
        assumed.Except(listed).ShouldBeEmpty();
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", ".."));

    [GeneratedRegex(@"^\| (?<number>\d+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Row();

    [GeneratedRegex(@"check (?<number>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Check();
}
