using OnCall.Core.Rotas;
using OnCall.Service.Chain;
using OnCall.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

public sealed class KeptBookTests(TestDatabase databases)
{
    /// <summary>The room on a full disk is the journal's.</summary>
    [Fact]
    public async Task Write_WhereItFails_LeavesNothingBehind()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        var kept = world.Nodes[0].Services.GetRequiredService<KeptBook>();
        kept.Write(RotaBook.Empty);
        var folder = Directory.GetDirectories(world.Journals, "book", SearchOption.AllDirectories).ShouldHaveSingleItem();
        File.Delete(Path.Combine(folder, "last"));
        Directory.CreateDirectory(Path.Combine(folder, "last"));

        Should.Throw<IOException>(() => kept.Write(RotaBook.Empty));

        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).ShouldBe(["last"]);
        Directory.Delete(Path.Combine(folder, "last"));
    }
}
