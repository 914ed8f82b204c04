using OnCall.Core.Rotas;
using OnCall.Service.Chain;
using OnCall.Service.Ops;
using OnCall.Service.Twilio;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

public sealed class KeptBookTests
{
    /// <summary>The room on a full disk is the journal's.</summary>
    [Fact]
    public async Task Write_WhereItFails_LeavesNothingBehind()
    {
        var folder = Directory.CreateTempSubdirectory("oncall-journal-").FullName;
        var kept = new KeptBook(
            new OnCallSettings { PublicUrl = "https://oncall.example.org", JournalFolder = folder }, new TwilioSettings { AccountSid = "AC00000000000000000000000000000001", AuthToken = "token" });
        Directory.CreateDirectory(Path.Combine(folder, "book", "last"));

        await Should.ThrowAsync<IOException>(() => kept.WriteAsync(RotaBook.Empty));

        Directory.GetFileSystemEntries(Path.Combine(folder, "book")).Select(Path.GetFileName).ShouldBe(["last"]);
        Directory.Delete(folder, recursive: true);
    }
}
