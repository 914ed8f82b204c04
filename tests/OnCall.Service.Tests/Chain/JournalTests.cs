using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using OnCall.Service.Chain;
using OnCall.Service.Ops;
using OnCall.Service.Outbox;
using OnCall.Service.Twilio;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

/// <summary>What a process left in the journal that is gone.</summary>
public sealed class JournalTests : IDisposable
{
    private static readonly TwilioSettings Twilio = new() { AccountSid = "AC00000000000000000000000000000001", AuthToken = "token" };

    private readonly string _folder = Directory.CreateTempSubdirectory("oncall-journal-").FullName;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void TakeUpLeft_EntriesWait_FileStaysUntilTheyAreTold()
    {
        var left = Leave("CA1", "CA2");
        using var journal = New();

        journal.TakeUpLeft();
        journal.TakeUpLeft();

        journal.Count.ShouldBe(2);
        Directory.GetFiles(_folder).ShouldBe([left], "a full disk could take no copy");
        journal.Told(journal.Waiting[0]);
        File.Exists(left).ShouldBeTrue();
        journal.Told(journal.Waiting[0]);
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void TakeUpLeft_TakerIsGoneToo_NextOneTakesThemUp()
    {
        Leave("CA1");
        using (var gone = New())
        {
            gone.TakeUpLeft();
            gone.Append(Entry("CA2"));
        }

        using var journal = New();
        journal.TakeUpLeft();

        journal.Count.ShouldBe(2);
    }

    [Fact]
    public void TakeUpLeft_LineIsDamaged_OthersAreTakenUpAndFileIsKeptAsideOnceTheyAreTold()
    {
        var left = Leave("CA1");
        File.WriteAllText(left, $"damaged\n{File.ReadAllText(left)}cut o");
        using var journal = New();

        journal.TakeUpLeft();
        journal.Count.ShouldBe(1);
        journal.Told(journal.Waiting[0]);

        Directory.GetFiles(_folder).ShouldBe([$"{left}.unread"]);
    }

    [Fact]
    public void TakeUpLeft_FileCannotBeKeptAside_DoesNotFail()
    {
        var left = Leave("CA1");
        File.WriteAllText(left, $"damaged\n{File.ReadAllText(left)}");
        Directory.CreateDirectory($"{left}.unread");
        using var journal = New();

        journal.TakeUpLeft();

        journal.Count.ShouldBe(1);
        journal.Told(journal.Waiting[0]);
        journal.Count.ShouldBe(0);
    }

    [Fact]
    public void TakeUpLeft_NothingCanBeRead_KeptAsideAtOnce()
    {
        var left = Leave("CA1");
        File.WriteAllText(left, "damaged\n");
        using var journal = New();

        journal.TakeUpLeft();

        journal.Count.ShouldBe(0);
        Directory.GetFiles(_folder).ShouldBe([$"{left}.unread"]);
    }

    /// <returns>The path of the file.</returns>
    private string Leave(params string[] calls)
    {
        using var journal = New();
        foreach (var call in calls)
        {
            journal.Append(Entry(call));
        }

        return Directory.GetFiles(_folder).ShouldHaveSingleItem();
    }

    private static JournalEntry Entry(string call) => new(Instant.FromUtc(2026, 11, 26, 9, 0), null, [], call);

    private Journal New() => new(
        new OnCallSettings { PublicUrl = "https://oncall.example.org", JournalFolder = _folder },
        new JournalCipher(Twilio),
        new Node(),
        _services.GetRequiredService<IMeterFactory>(),
        TimeProvider.System,
        NullLogger<Journal>.Instance);
}
