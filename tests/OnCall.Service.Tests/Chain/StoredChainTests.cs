using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using OnCall.Core;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Chain;
using OnCall.Service.Data;
using OnCall.Service.Messages;
using OnCall.Service.Twilio;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Chain;

/// <summary>
/// What lies in the journal, and in the addresses of calls under way, checked in: the version after must read what this one wrote, since nodes are changed one after the other while
/// calls go on. What differs is written beside the file, as <c>NAME.received</c> in the output folder.
/// </summary>
public sealed class StoredChainTests
{
    private static readonly TwilioSettings Twilio = new() { AccountSid = "AC00000000000000000000000000000001", AuthToken = "token" };

    private static readonly JsonSerializerOptions Indented = new(StoredJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Instant At = Instant.FromUtc(2026, 11, 26, 9, 0);

    private static readonly ChainState State = new()
    {
        Enquiry = Guid.Parse("3f2b8c1d-0000-4000-8000-000000004821"),
        Ref = "4821",
        Line = PhoneNumber.Parse("+442079460101"),
        From = PhoneNumber.Parse("+447700900201"),
        OfficerCall = "CA00000000000000000000000000000001",
        Because = ChainBecause.DatabaseAway,
        OpenedAt = At,
        Began = At + Duration.FromSeconds(20),
        HeldUntil = At + Duration.FromMinutes(15),
        Ask = 2,
        OfForce = true,
        Doubted = true,
        Desk = "extradition",
        Priority = OnCall.Core.Rotas.Priority.Urgent,
        Policy = "everybody",
        SaidForce = "essex",
        Round = 2,
        Step = 1,
        Rung = ["ash", "birch"],
        Passed = ["cedar"],
        First = "dogwood",
        StepsBefore = 1,
        Dials = 3,
        Dial = new ChainDial(3, "birch", "named in the policy", 2, 1, Duration.FromSeconds(25), At + Duration.FromSeconds(90)),
    };

    private static readonly ChainFact[] Facts =
    [
        new ChainFact.Began(), new ChainFact.DeskChosen("Extradition: key 1"), new ChainFact.Dialled(), new ChainFact.PickedUp("CA2"), new ChainFact.Taken("CA2"), new ChainFact.Passed("CA2"),
        new ChainFact.Missed("CA2", "no-answer"), new ChainFact.AdviserLeft("CA2"), new ChainFact.OfficerLeft(), new ChainFact.Promised(OwedBecause.MessageWanted),
        new ChainFact.MessageLeft("RE1", Duration.FromSeconds(12)), new ChainFact.Returned(), new ChainFact.RoomEnded(),
    ];

    private static readonly JournalEntry[] Entries =
    [
        new(At + Duration.FromSeconds(100), State, Facts.ToValueList()),
        new(At + Duration.FromSeconds(200), null, [], "CA00000000000000000000000000000001"),
        new(At + Duration.FromSeconds(300), null, [], Text: new HeldText(TextTold.Paged, "3f2b8c1d000040008000000000004821-1", [new("MessageSid", "SM1"), new("MessageStatus", "undelivered")])),
    ];

    [Fact]
    public void Journal_EveryKindOfEntry_IsStoredAsCheckedIn()
    {
        typeof(ChainFact).GetNestedTypes(BindingFlags.Public).Where(kind => kind.IsSubclassOf(typeof(ChainFact))).Except(Facts.Select(fact => fact.GetType()))
            .ShouldBeEmpty("a fact is not in the snapshot");
        var written = Written(Entries);

        Written(JsonSerializer.Deserialize<JournalEntry[]>(CheckedIn("stored-journal.json", written), StoredJson.Options)!).ShouldBe(written);
        written.ShouldBe(CheckedIn("stored-journal.json", written), "what is stored has changed its shape; see stored-journal.json.received in the output folder");
    }

    [Fact]
    public void Journal_LinesOfTheVersionBefore_AreRead()
    {
        var cipher = new JournalCipher(Twilio);
        var lines = CheckedIn("stored-journal.lines", string.Concat(Entries.Select(entry => cipher.Write(entry) + "\n")));

        Written(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(cipher.Read)).ShouldBe(Written(Entries));
    }

    [Fact]
    public void Address_OfTheVersionBefore_IsRead()
    {
        var seal = new ChainSeal(Twilio, new FakeTimeProvider(At.ToDateTimeOffset() + TimeSpan.FromMinutes(2)));

        seal.Open(CheckedIn("stored-address.txt", seal.Seal(State)).Trim()).ShouldBe(State);
    }

    private static string Written(IEnumerable<JournalEntry?> entries) => JsonSerializer.Serialize(entries, Indented) + "\n";

    /// <param name="received">Kept beside the file if that is not there, or is otherwise.</param>
    private static string CheckedIn(string name, string received)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Chain", name);
        var checkedIn = File.Exists(file) ? File.ReadAllText(file) : "";
        if (checkedIn != received)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText($"{file}.received", received);
        }

        return checkedIn.Length > 0 ? checkedIn : throw new FileNotFoundException($"{name} is not checked in");
    }
}
