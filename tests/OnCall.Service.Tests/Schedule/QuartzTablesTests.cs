using OnCall.Service.Data.Migrations;
using Quartz;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Schedule;

public sealed class QuartzTablesTests
{
    /// <summary>A newer Quartz with other tables needs a migration of ours before it can be used.</summary>
    [Fact]
    public void Create_TheScript_IsWhatThePackageWouldCreate() => Statements(QuartzTables.Create).ShouldBe(Statements(OfThePackage()));

    private static string OfThePackage()
    {
        using var reader = new StreamReader(typeof(IScheduler).Assembly.GetManifestResourceStream("Quartz.Impl.AdoJobStore.Schema.create_postgres.sql")!);
        return reader.ReadToEnd().Replace("{0}", "qrtz_", StringComparison.Ordinal).Replace("{1}", "qrtz_", StringComparison.Ordinal);
    }

    private static List<string> Statements(string script) =>
        [.. script.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal))];
}
