using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

/// <summary>The commands. The same in processes of their own: <see cref="Tools.When_a_service_elsewhere_is_asked"/>, <see cref="Ops.When_the_program_is_started"/>.</summary>
public sealed class When_a_coordinator_types(TestDatabase databases) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oncall-import");
    private OwnDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await databases.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_import_ask_who_is_on_duty_look_for_gaps_and_export()
    {
        var sample = File("iccc.yaml", System.Text.Encoding.UTF8.GetString(Sample.Bytes()));

        (await RunAsync("import", sample)).Output.ShouldEndWith("Published as revision 1.\n");
        (await RunAsync("import", sample)).Output.ShouldBe("Nothing changes.\n");
        (await RunAsync("who", "--desk", "live-operations", "--at", "2027-03-28T12:00")).Output.ShouldBe(
            """
            Live operations desk, on shift (live-operations): Roscoe Rowan (r.rowan, until Sun 28 Mar 2027 19:00 BST; layer shifts, shift D)
            Duty manager (duty-manager): Vesper Vetch (v.vetch, until Fri 2 Apr 2027 12:00 BST; layer week by week, turn 66 of v.vetch)

            """);
        var plan = (await RunAsync("plan", "+442079460101", "--key", "1", "--at", "2027-03-28T01:30:00Z")).Output;
        plan.ShouldStartWith("National advice line (+442079460101), Sun 28 Mar 2027 02:30 BST: desk extradition, routine, policy extradition\n  round 1, step 1, after 0 s: ");
        plan.ShouldContain("the officer is promised a call back");
        (await RunAsync("plan", "+442079460101", "--key", "#")).Errors.ShouldStartWith("oncall: --key: the line's keys are 1, ");
        (await RunAsync("rehearse", "--year", "2027")).Output.ShouldContain(
            "\n    ! t.thorn from Sat 27 Mar 19:00 GMT to Sun 28 Mar 07:00 BST: 11 h instead of 12 h (layer shifts, shift N)\n");
        (await RunAsync("rehearse", "--year", "2031")).Output.ShouldStartWith("No bank holidays are known for 2031, only for 2024 to 2028");
        (await RunAsync("rehearse", "--year", "1931")).Errors.ShouldBe("oncall: --year takes a year from 1990 to 2200.\n");
        (await RunAsync("gaps", "--from", "2027-01-01T00:00Z", "--to", "2028-01-01T00:00Z")).ExitCode.ShouldBe(0);
        var export = File("export.yaml", (await RunAsync("export")).Output);
        (await RunAsync("import", export, "--prune")).Output.ShouldBe("Nothing changes.\n");
    }

    [Fact]
    public async Task Should_preview_publish_and_go_back()
    {
        const string One = "timeZone: Europe/London\nadvisers: [{ id: a, name: A, phone: \"+447700900101\" }, { id: b, name: B, phone: \"+447700900102\" }]\n";
        const string Rota = "rotas: [{ id: r, layers: [{ name: x, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a] } }] }]\n";
        await RunAsync("import", File("one.yaml", One + Rota));
        var both = File("both.yaml", Rota.Replace("[a]", "[a, b]", StringComparison.Ordinal));

        (await RunAsync("preview", both, "--from", "2027-03-22T09:00", "--to", "2027-04-05T09:00")).Output.ShouldBe("r: Mon 22 Mar 2027 09:00 GMT to Mon 29 Mar 2027 09:00 BST: a → b\n");
        (await RunAsync("preview", both, "--from", "2027-03-29T09:00", "--to", "2027-04-05T09:00")).Output.ShouldBe("Nobody's duty changes in that time.\n");
        (await RunAsync("preview", both, "--from", "2027-04-05", "--to", "2027-04-05T09:00")).Errors.ShouldStartWith("oncall: --from takes a date and time");
        (await RunAsync("preview", File("wrong.yaml", Rota.Replace("[a]", "[z]", StringComparison.Ordinal)))).ExitCode.ShouldBe(1);
        (await RunAsync("import", both)).Output.ShouldEndWith("Published as revision 2.\n");

        (await RunAsync("restore", "1", "--dry-run")).Output.ShouldContain("[a, b] → [a]");
        (await RunAsync("restore", "1")).Output.ShouldEndWith("Published as revision 3.\n");
        var revisions = (await RunAsync("revisions", "--limit", "2")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        revisions.Select(line => line[..1]).ShouldBe(["3", "2"]);
        revisions[0].ShouldEndWith("(command line): rota r changed");
        (await RunAsync("restore", "9")).Errors.ShouldBe("oncall: There is no revision 9; `oncall revisions` lists them.\n");
    }

    [Fact]
    public async Task Should_name_file_line_and_remedy_of_every_error_and_change_nothing()
    {
        var first = File("first.yaml", "topics: [fine]\n");
        var second = File("second.yaml", "topics: [other]\ncover: 1\nrotas: [{ id: R }]\n");

        var (exitCode, output, errors) = await RunAsync("import", first, second);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        errors.ShouldBe("""
            second.yaml, line 2: "cover" is no key that is known here; the keys here are timeZone, rotas, advisers, coordinators, desks, absences, policies, lines, forces, topics, blocked. (cover)
            second.yaml, line 3: id is "R"; ids are 1 to 64 of the characters a-z, 0-9, '.' and '-'. (rotas[0].id)
            2 errors; nothing was changed.

            """);
    }

    [Fact]
    public async Task Should_say_what_a_dry_run_would_change_and_what_is_kept()
    {
        await RunAsync("import", File("one.yaml", "topics: [fine]\nadvisers: [{ id: a, name: A, phone: \"+447700900101\" }]\n"));

        var (_, output, _) = await RunAsync("import", "--dry-run", File("two.yaml", "topics: [other]\n"));

        output.ShouldBe("""
            ~ topics topics
                [fine] → [fine, other]
            kept, though not in the files: adviser a
            Nothing was changed: this was a dry run.

            """);
    }

    [Fact]
    public async Task Should_import_dated_shifts_into_the_layer_that_the_file_is_called_by()
    {
        await RunAsync("import", File("one.yaml", "timeZone: Europe/London\nadvisers: [{ id: a, name: A, phone: \"+447700900101\" }]\nrotas: [{ id: r, cover: 0 }]\n"));
        var table = File("christmas.csv", "start,end,adviser\n2026-12-25T09:00,2026-12-26T09:00,a\n");

        (await RunAsync("import", table)).Errors.ShouldBe("oncall: christmas.csv holds dated shifts: say with --rota ID whose they are.\n");
        (await RunAsync("import", table, "--rota", "r", "--prune")).Errors.ShouldStartWith("oncall: --prune does not go with --rota");
        (await RunAsync("import", table, table, "--rota", "r")).Errors.ShouldStartWith("oncall: --rota takes one file");
        (await RunAsync("import", table, "--rota", "r", "--dry-run")).Output.ShouldBe("""
            ~ rota r
                + layers: [{name: christmas, shifts: [{start: 2026-12-25T09:00, end: 2026-12-26T09:00, adviser: a}]}]
            Nothing was changed: this was a dry run.

            """);
        (await RunAsync("import", table, "--rota", "r", "--layer", "other")).Output.ShouldEndWith("Published as revision 2.\n");
        var (exitCode, _, errors) = await RunAsync("import", File("wrong.csv", "start,end,adviser\n2026-12-25,2026-12-24,b\n"), "--rota", "r");
        exitCode.ShouldBe(1);
        errors.ShouldBe("""
            wrong.csv, line 2: end must be after start. (shifts[0].end)
            wrong.csv, line 2: adviser is "b", which is neither the id nor the exact name of an adviser; did you mean "A"? (shifts[0].adviser)
            2 errors; nothing was changed.

            """);
    }

    [Fact]
    public async Task Should_check_files_by_themselves_without_a_database()
    {
        var people = File("people.yaml", "timeZone: Europe/London\nadvisers: [{ id: a, name: A, phone: \"+447700900101\" }, { id: b, name: B, phone: \"+447700900102\" }]\n");
        var rota = File("rota.yaml", "timeZone: Europe/London\nrotas: [{ id: r, layers: [{ rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a, b] } }] }]\n");

        var together = await OnCallCommand.RunAsync(["check", people, rota], TestContext.Current.CancellationToken);
        var alone = await OnCallCommand.RunAsync(["check", rota], TestContext.Current.CancellationToken);

        together.ShouldBe((0, "No errors.\n", ""));
        alone.ExitCode.ShouldBe(1);
        alone.Errors.ShouldStartWith("rota.yaml, line 2: advisers[0] names the adviser \"a\"");
    }

    [Theory]
    [InlineData(false, 0, "warning", "No errors, 1 warnings.")]
    [InlineData(true, 1, "error", "1 errors.")]
    public async Task Should_warn_of_what_is_probably_not_meant_and_fail_for_it_where_that_is_asked(bool isStrict, int status, string word, string end)
    {
        var rota = File("rota.yaml", "timeZone: Europe/London\nadvisers: [{ id: a, name: A, phone: \"+447700900101\" }]\nrotas: [{ id: r, layers: [{ rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a] } }] }]\n");

        var (exitCode, output, _) = await OnCallCommand.RunAsync(isStrict ? ["check", rota, "--strict"] : ["check", rota], TestContext.Current.CancellationToken);

        exitCode.ShouldBe(status);
        var lines = output.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(3);
        lines[0].ShouldStartWith($"{word}: 7 days in a row: a is on duty without a day off from ");
        lines[1].ShouldStartWith("(Counted as work ");
        lines[2].ShouldBe(end);
    }

    [Fact]
    public async Task Should_check_the_published_book_where_no_file_is_named()
    {
        await RunAsync("import", File("one.yaml", "timeZone: Europe/London\nrotas: [{ id: r }]\n"));

        var (exitCode, output, _) = await RunAsync("check", "--strict");

        exitCode.ShouldBe(1);
        output.ShouldStartWith("error: gap: the rota r has 1 too few on duty from ");
    }

    [Fact]
    public async Task Should_say_in_one_line_that_a_file_is_not_there() =>
        (await RunAsync("import", Path.Combine(_folder.FullName, "none.yaml"))).Errors.ShouldStartWith("oncall: none.yaml, cannot be read: ");

    [Fact]
    public async Task Should_say_in_one_line_that_a_file_is_longer_than_any_rota() =>
        (await RunAsync("check", File("long.yaml", new string('#', 10 * 1024 * 1024)))).Errors.ShouldBe("oncall: long.yaml, line 1: the document is longer than 4 MiB; split it.\n");

    [Fact]
    public async Task Should_end_with_status_1_where_there_are_gaps()
    {
        await RunAsync("import", File("one.yaml", "timeZone: Europe/London\nrotas: [{ id: r }]\n"));

        var (exitCode, output, _) = await RunAsync("gaps", "--from", "2027-01-01T00:00Z", "--to", "2027-01-02T00:00Z");

        exitCode.ShouldBe(1);
        output.ShouldBe("r: 1 missing from 2027-01-01T00:00:00+00:00 to 2027-01-02T00:00:00+00:00\n");
    }

    [Fact]
    public async Task Should_say_what_may_follow_a_word() =>
        (await RunAsync("[suggest:13]", "oncall who --")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["--at", "--desk", "--help", "--json", "--key", "--url"]);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] words) =>
        OnCallCommand.RunAsync([.. words, $"--ConnectionStrings:OnCall={_database.ConnectionString}"], TestContext.Current.CancellationToken);
}
