using Microsoft.Extensions.DependencyInjection;
using OnCall.Core.Rotas;
using OnCall.Service.Chain;
using OnCall.Service.Rotas;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Rotas;

/// <summary>A standby took over that had not got the last revision, or a backup was restored: the nodes have a book of which the database knows nothing.</summary>
public sealed class When_the_database_has_lost_a_revision(TestDatabase databases)
{
    [Theory, Nodes]
    public async Task Should_go_by_the_last_one_that_it_has(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        await PublishAsync(world, Books.OneDesk(ash: Books.Cedar));
        await LoseAsync(world, tell: true);

        await UntilAllAsync(world, book => book.Revision == 1);
        await RealTime.UntilAsync(() => world.Nodes.All(node => node.Log.Holds("Revision 2 of the book, which was in force here, is not in the database")));
        world.Phone(Books.Ash).Script = Scripts.Takes();
        var call = await world.CallAsync();
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);

        (await world.AskAsync(HttpMethod.Get, "export")).GetProperty("advisers")[0].GetProperty("phone").GetString().ShouldBe(Books.Ash);
        (await world.EnquiryAsync()).Owner.ShouldBe("ash");
    }

    [Theory, Nodes]
    public async Task Should_take_the_revision_that_is_published_in_the_place_of_the_lost_one(int nodes)
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), nodes);
        await PublishAsync(world, Books.OneDesk(ash: Books.Cedar));
        var tag = await TagAsync(world);
        await LoseAsync(world, tell: false);
        await PublishAsync(world, Books.OneDesk(ash: Books.Dogwood));

        await UntilAllAsync(world, book => book.Revision == 2 && book.Advisers["ash"].Phone.Value == Books.Dogwood);
        (await TagAsync(world)).ShouldNotBe(tag, "who has read the lost book would be told that nothing has changed");
    }

    [Fact]
    public async Task Should_take_it_in_the_place_of_the_one_that_was_kept_on_the_disk()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        await PublishAsync(world, Books.OneDesk(ash: Books.Cedar));
        var kept = Path.Combine(world.Journals, "book", "last");
        await RealTime.UntilAsync(() => world.Nodes[0].Services.GetRequiredService<KeptBook>().Read() is { Revision: 2 });
        var lost = await File.ReadAllBytesAsync(kept, TestContext.Current.CancellationToken);
        await LoseAsync(world, tell: false);
        await PublishAsync(world, Books.OneDesk(ash: Books.Dogwood));
        await RealTime.UntilAsync(() => !File.ReadAllBytes(kept).SequenceEqual(lost));
        await world.StopNodeAsync(world.Nodes[0]);

        // As on a machine that had stopped before the revision was lost.
        await File.WriteAllBytesAsync(kept, lost, TestContext.Current.CancellationToken);
        world.TakeDatabaseAway();
        await world.StartNodeAsync();
        Book(world.Nodes[0]).Advisers["ash"].Phone.Value.ShouldBe(Books.Cedar);
        await world.GiveDatabaseBackAsync();

        await UntilAllAsync(world, book => book.Advisers["ash"].Phone.Value == Books.Dogwood);
    }

    [Fact]
    public async Task Should_go_on_by_the_last_book_where_the_database_has_none_at_all()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        await world.ReadAsync("WITH lost AS (DELETE FROM book_revisions) SELECT pg_notify('book_changed', '0')::text");

        await RealTime.UntilAsync(() => world.Nodes[0].Log.Holds("Revision 1 of the book, which was in force here, is not in the database"));
        Book(world.Nodes[0]).Revision.ShouldBe(1);
    }

    /// <summary>A minute later: two revisions of one number are told apart by their times.</summary>
    private static async Task PublishAsync(World world, string book)
    {
        await world.PassAsync(TimeSpan.FromMinutes(1));
        await world.PublishAsync(book);
    }

    /// <param name="tell">At once; else they find it out when they look, within 15 seconds.</param>
    private static async Task LoseAsync(World world, bool tell)
    {
        await world.SettleAsync();
        await world.ReadAsync($"""
            WITH lost AS (DELETE FROM book_revisions WHERE revision = 2), clock AS (UPDATE rota_clock SET revision = 1)
            SELECT {(tell ? "pg_notify('book_changed', '1')::text" : "'untold'")}
            """);
    }

    private static async Task<string> TagAsync(World world)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/export");
        request.Headers.Authorization = new("Bearer", RunningService.AdminKey);
        using var answer = await world.Nodes[0].Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.Headers.ETag!.Tag;
    }

    private static RotaBook Book(RunningService node) => node.Services.GetRequiredService<CurrentBook>().Book;

    private static Task UntilAllAsync(World world, Func<RotaBook, bool> isSo) => RealTime.UntilAsync(() => world.Nodes.All(node => isSo(Book(node))));
}
