using System.Text;
using Npgsql;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

/// <summary>A node is started while PostgreSQL cannot be reached.</summary>
public sealed class When_the_service_starts_without_its_database(TestDatabase databases)
{
    [Fact]
    public async Task Should_lead_calls_on_by_the_book_that_was_kept_on_the_disk()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        await KeptAsync(world);
        await world.StopNodeAsync(world.Nodes[0]);
        world.TakeDatabaseAway();
        await world.StartNodeAsync();
        world.Phone(Books.Ash).Script = Scripts.Takes();

        var call = await When_the_database_is_away.ChooseAsync(world, "1");
        await world.UntilAsync(() => call.ConnectedWith.Count > 0);
        call.ConnectedWith.ShouldHaveSingleItem().To.ShouldBe(Books.Ash);
        await world.GiveDatabaseBackAsync();
        call.HangUp();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        var enquiry = await world.EnquiryAsync();
        enquiry.Owner.ShouldBe("ash");
        enquiry.Timeline[0].ShouldBe("received call");
        world.Texts(Books.Ash).ShouldContain(text => text.StartsWith($"{enquiry.Ref} is yours", StringComparison.Ordinal));
        var next = await world.CallAsync("2", "+447700900202");
        await world.UntilAsync(() => world.Phone(Books.Dogwood).Ringing is not null);
        next.HangUp();
        await world.PassAsync(TimeSpan.FromSeconds(30));
        world.ShouldBeFlawless();
    }

    [Fact]
    public async Task Should_keep_the_newest_book_unreadable_for_others()
    {
        await using var world = await World.StartAsync(databases, Books.OneDesk(), gated: true);
        var first = await KeptAsync(world);
        new FileInfo(Kept(world)).UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Encoding.Latin1.GetString(first).ShouldNotContain("447700");

        await world.PublishAsync(Books.TwoDesks());
        await RealTime.UntilAsync(() => !File.ReadAllBytes(Kept(world)).SequenceEqual(first));
        Directory.GetFiles(Path.GetDirectoryName(Kept(world))!).ShouldHaveSingleItem();
        await world.StopNodeAsync(world.Nodes[0]);
        world.TakeDatabaseAway();
        await world.StartNodeAsync();
        var call = await When_the_database_is_away.ChooseAsync(world, "2");
        await world.UntilAsync(() => world.Phone(Books.Dogwood).Ringing is not null);
        call.HangUp();
    }

    [Fact]
    public async Task Should_not_start_without_a_book_or_with_one_that_is_damaged()
    {
        // One node: a second one might write its own over the damaged one.
        await using var world = await World.StartAsync(databases, Books.TwoDesks(), gated: true);
        var kept = await KeptAsync(world);
        kept[40] ^= 1;
        world.TakeDatabaseAway();
        await File.WriteAllBytesAsync(Kept(world), kept, TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<InvalidOperationException>(world.StartNodeAsync)).InnerException.ShouldBeOfType<NpgsqlException>();
        File.Delete(Kept(world));
        (await Should.ThrowAsync<InvalidOperationException>(world.StartNodeAsync)).InnerException.ShouldBeOfType<NpgsqlException>();
    }

    private static string Kept(World world) => Path.Combine(world.Journals, "book", "last");

    private static async Task<byte[]> KeptAsync(World world)
    {
        await RealTime.UntilAsync(() => File.Exists(Kept(world)));
        return await File.ReadAllBytesAsync(Kept(world), TestContext.Current.CancellationToken);
    }
}
