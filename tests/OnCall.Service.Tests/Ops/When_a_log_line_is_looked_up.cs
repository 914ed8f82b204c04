using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using OnCall.Service.Ops;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Ops;

/// <summary>Whoever is woken by a line of the log finds its number in <c>deploy/RUNBOOK.md</c>.</summary>
public sealed class When_a_log_line_is_looked_up
{
    private static readonly List<LoggerMessageAttribute> Lines =
        [.. typeof(OnCallSettings).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void Should_have_a_number_of_its_own()
    {
        Lines.ShouldNotBeEmpty();
        Lines.GroupBy(line => line.EventId).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
    }

    [Fact]
    public void Should_stand_in_the_runbook_if_it_is_a_warning_or_worse()
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "deploy", "RUNBOOK.md")).Where(line => Regex.IsMatch(line, @"^\| \**\d{4}")).Select(line => line.Split('|')[1]);
        var explained = rows.SelectMany(row => Regex.Matches(row, @"\d{4}").Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture))).ToList();

        explained.ShouldBe(Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.EventId), ignoreOrder: true);
    }
}
