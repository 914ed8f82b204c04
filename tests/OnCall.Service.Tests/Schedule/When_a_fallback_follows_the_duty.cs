using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Schedule;

public sealed class When_a_fallback_follows_the_duty(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_be_put_to_its_address_when_the_book_comes_and_at_each_handover(int nodes)
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await World.StartAsync(databases, DutyBook.Of(), nodes, [$"--OnCall:FallbackExport={site.Url}/now.xml"]);
        await SoonAsync(world, () => Rings(site, Books.Ash));

        await PassUntilAsync(world, 29);
        Rings(site, Books.Ash).ShouldBeTrue();

        await PassUntilAsync(world, 30);
        await SoonAsync(world, () => Rings(site, Books.Birch));
    }

    [Fact]
    public async Task Should_be_written_to_its_file_as_those_come_and_go_whom_the_policy_names()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "now.xml");
        var book = DutyBook.Of(more: "absences: [ { adviser: ash, start: 2026-11-25T09:10, end: 2026-11-25T09:20 } ]")
            .Replace("\"rota:extradition\"", "\"adviser:ash\", \"adviser:cedar\"", StringComparison.Ordinal);
        await using var world = await World.StartAsync(databases, book, settings: [$"--OnCall:FallbackExport={file}"]);
        await SoonAsync(world, () => Says(Books.Ash, Books.Cedar));

        await PassUntilAsync(world, 10);
        await SoonAsync(world, () => Says(Books.Cedar) && !Says(Books.Ash));
        await PassUntilAsync(world, 20);
        await SoonAsync(world, () => Says(Books.Ash, Books.Cedar));
        folder.Delete(recursive: true);

        bool Says(params string[] numbers) => File.Exists(file) && Array.TrueForAll(numbers, File.ReadAllText(file).Contains);
    }

    [Fact]
    public async Task Should_be_put_again_until_its_address_takes_it_while_the_texts_go_out_at_once()
    {
        var port = FreePorts.One();
        await using var world = await World.StartAsync(databases, DutyBook.Of(), settings: [$"--OnCall:FallbackExport=http://127.0.0.1:{port}/now.xml"]);
        await world.PassAsync(TimeSpan.FromMinutes(31));
        world.Texts(Books.Birch).Count.ShouldBe(1);

        await using var site = await StaticSite.StartAsync(port);
        await SoonAsync(world, () => Rings(site, Books.Birch));
    }

    [Fact]
    public async Task Should_be_put_anew_within_minutes_where_another_lies_there()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await World.StartAsync(databases, DutyBook.Of(), settings: [$"--OnCall:FallbackExport={site.Url}/now.xml"]);
        await SoonAsync(world, () => Rings(site, Books.Ash));
        site.Document = "<Response><Say>Of a node that is cut off from the database, by an older book.</Say></Response>";

        await world.PassAsync(TimeSpan.FromMinutes(5));
        await SoonAsync(world, () => Rings(site, Books.Ash));
    }

    [Fact]
    public async Task Should_follow_a_handover_while_the_database_is_away()
    {
        await using var site = await StaticSite.StartAsync();
        await using var world = await World.StartAsync(
            databases, DutyBook.Of(), settings: [$"--OnCall:FallbackExport={site.Url}/now.xml"], at: new DateTimeOffset(2026, 11, 25, 9, 28, 0, TimeSpan.Zero), gated: true);
        await SoonAsync(world, () => Rings(site, Books.Ash));
        world.TakeDatabaseAway();

        await PassUntilAsync(world, 29);
        Rings(site, Books.Ash).ShouldBeTrue();
        await PassUntilAsync(world, 30);
        await SoonAsync(world, () => Rings(site, Books.Birch));
    }

    /// <param name="minute">Past nine.</param>
    private static Task PassUntilAsync(World world, int minute) => world.PassAsync(new DateTimeOffset(2026, 11, 25, 9, minute, 0, TimeSpan.Zero) - world.Time.GetUtcNow());

    /// <summary>What is written takes real time: the clock goes on in small steps meanwhile.</summary>
    private static async Task SoonAsync(World world, Func<bool> isSo)
    {
        for (var step = 0; step < 300 && !isSo(); step++)
        {
            await world.PassAsync(TimeSpan.FromSeconds(0.1));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        isSo().ShouldBeTrue();
    }

    private static bool Rings(StaticSite site, string number) =>
        site.Document.Contains($"<Number>{number}</Number>", StringComparison.Ordinal) && site.Document.Split("<Number>").Length == 2;
}
