using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Escalation;

/// <summary>PostgreSQL refuses what follows from one enquiry's deadline.</summary>
public sealed class When_a_deadline_cannot_be_saved(TestDatabase databases)
{
    private const string Another = "+447700900202";

    [Fact]
    public async Task Should_go_on_with_the_others_and_with_it_once_it_can_be()
    {
        await using var world = await World.StartAsync(databases, Books.TwoDesks());
        world.Phone(World.Officer).Text(World.Line, "How do I extradite somebody from Spain?");
        await world.PassAsync(TimeSpan.FromSeconds(2));
        world.Phone(Another).Text(World.Line, "And from France?");
        await world.PassAsync(TimeSpan.FromSeconds(2));
        var enquiries = await world.EnquiriesAsync();
        var (refused, other) = (enquiries.Single(enquiry => enquiry.From == World.Officer).Ref, enquiries.Single(enquiry => enquiry.From == Another).Ref);

        var version = (await world.ReadAsync($"SELECT version::text FROM enquiries WHERE ref = '{refused}'")).Single();

        await world.ReadAsync($"ALTER TABLE enquiries ADD CONSTRAINT as_it_is CHECK (ref <> '{refused}' OR version <= {version}) NOT VALID");
        await world.PassAsync(TimeSpan.FromMinutes(2));
        world.Texts(Books.Cedar).ShouldContain(text => text.Contains(other, StringComparison.Ordinal), world.Story());
        world.Texts(Books.Cedar).ShouldNotContain(text => text.Contains(refused, StringComparison.Ordinal));

        await world.ReadAsync("ALTER TABLE enquiries DROP CONSTRAINT as_it_is");
        await world.PassAsync(TimeSpan.FromMinutes(1));
        world.Texts(Books.Cedar).ShouldContain(text => text.Contains(refused, StringComparison.Ordinal), world.Story());
    }
}
