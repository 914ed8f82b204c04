using System.Text.RegularExpressions;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Tools;

/// <summary>The same words, once on a terminal (util-linux's <c>script</c> makes one) and once into a pipe.</summary>
public sealed partial class When_a_command_runs_on_a_terminal(TestDatabase databases) : IAsyncLifetime
{
    private const string Book = """
        timeZone: Europe/London
        advisers:
          - { id: a.khan, name: Aisha Khan, phone: "+447700900101" }
          - { id: b.jones, name: Bo Jones, phone: "+447700900102" }
        rotas: [{ id: extradition, layers: [{ name: weekly, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a.khan] } }] }]
        policies: [{ id: standard, steps: [{ notify: ["rota:extradition", "adviser:b.jones"] }], rounds: 1 }]
        desks: [{ id: extradition, name: Extradition, policy: standard }]
        lines: [{ number: "+442079460101", name: "[Advice] line", greeting: You are welcome., default: extradition }]
        """;

    private const char Frame = '│';

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oncall-terminal");
    private OwnDatabase _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        (await RunAsync($"import {File("book.yaml", Book)}")).ExitCode.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_show_a_plan_as_a_table_with_a_row_for_each_person()
    {
        var table = await ShownAsync("plan +442079460101 --at 2026-12-01T12:00:00Z");

        Sentences(table).ShouldStartWith("[Advice] line (+442079460101), Tue 1 Dec 2026 12:00 GMT: desk extradition, routine, policy standard");
        Cells(table).ShouldBe(
        [
            ["Round", "Step", "After", "For", "Who", "Why"],
            ["1", "1", "0 s", "25 s", "Aisha Khan (a.khan)", "rota extradition, layer weekly"],
            ["", "", "", "", "Bo Jones (b.jones)", "named in the policy"],
        ]);
        Sentences(table).ShouldContain(" after 25 s: the officer is promised a call back; ");
    }

    [Fact]
    public async Task Should_show_a_rehearsed_year_as_a_table_that_names_each_occasion_once()
    {
        var table = await ShownAsync("rehearse --year 2027");

        var rows = Cells(table).ToList();
        rows[0].ShouldBe(["Occasion", "Rota", "On duty", "Not as in other weeks"]);
        rows.ShouldContain(row => row[0].StartsWith("Fri 1 Jan 2027: New Year", StringComparison.Ordinal) && row[1] == "extradition" && row[2] == "a.khan all day");
        Sentences(table).ShouldContain("Bank holidays: ");
    }

    [Fact]
    public async Task Should_show_a_preview_as_a_table()
    {
        var other = File("other.yaml", "timeZone: Europe/London\nrotas: [{ id: extradition, layers: [{ name: weekly, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [b.jones] } }] }]\n");

        Cells(await ShownAsync($"preview {other} --from 2026-12-01T12:00:00Z --to 2026-12-08T12:00:00Z")).ShouldBe(
        [
            ["Rota", "From", "To", "Now", "Then"],
            ["extradition", "Tue 1 Dec 2026 12:00 GMT", "Tue 8 Dec 2026 12:00 GMT", "a.khan", "b.jones"],
        ]);
    }

    /// <summary>The lines on a terminal; into a pipe the same command writes no frame.</summary>
    private async Task<string[]> ShownAsync(string words)
    {
        var piped = await RunAsync(words);
        piped.ExitCode.ShouldBe(0, piped.Errors);
        piped.Output.ShouldNotContain(Frame);
        (await RunAsync($"{words} --json")).Output.ShouldNotContain(Frame);
        var (exitCode, output, errors) = await OnCallProcess.RunOnTerminalAsync($"{words} '--ConnectionStrings:OnCall={_database.ConnectionString}'", Stop);
        exitCode.ShouldBe(0, output + errors);
        return Escapes().Replace(output, "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>What stands above and below the table, which may take several lines.</summary>
    private static string Sentences(string[] table) => string.Join(' ', table.Select(line => line.Trim()));

    private static IEnumerable<string[]> Cells(string[] table) => table.Where(line => line.Contains(Frame, StringComparison.Ordinal)).Select(line => line.Trim().Trim(Frame).Split(Frame, StringSplitOptions.TrimEntries));

    /// <summary>Colours and modes of the terminal, and what ends a line there.</summary>
    [GeneratedRegex(@"\x1b(\[[0-9;?]*[a-zA-Z]|[=>])|\r")]
    private static partial Regex Escapes();

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string words) =>
        OnCallCommand.RunAsync([.. words.Split(' '), $"--ConnectionStrings:OnCall={_database.ConnectionString}"], Stop);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
