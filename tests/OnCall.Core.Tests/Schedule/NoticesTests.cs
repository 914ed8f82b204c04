using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Schedule;
using OnCall.Core.Tests.Duty;
using OnCall.Core.Tests.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Schedule;

public sealed class NoticesTests
{
    private const string Lines = """
        [{ "number": "+442079460101", "name": "One", "greeting": "Hello.", "default": "records" },
         { "number": "+442079460102", "sms": "+447700900300", "name": "Two", "greeting": "Hello.", "default": "records",
           "menu": [{ "key": "1", "desk": "records", "say": "records" }, { "key": "2", "desk": "extradition", "say": "extradition" }] }]
        """;

    private static readonly RotaBook Book = Of(Lines);

    [Fact]
    public void Of_AHandover_TellsWhoComesUntilWhenAndWhoGoesWhoHasIt() => Handovers(Book, "extradition", "2026-11-30T09:00Z").ShouldBe(
    [
        "b from +447700900300: You are on duty for Extradition until Mon 7 Dec 09:00, after Alex Ash.",
        "a from +447700900300: Your duty for Extradition has ended; Billie Birch has taken over.",
    ]);

    [Theory]
    [InlineData("2026-12-07T09:00Z", "c: takes no texts")]
    [InlineData("2026-12-14T09:00Z", "d: takes no texts")]
    public void Of_AHandoverToSomebodyWithoutTexts_LeavesThemOut(string at, string leftOut) => Handovers(Book, "extradition", at)[0].ShouldBe(leftOut);

    [Fact]
    public void Of_AHandoverInABookWithoutLines_LeavesAllOut() =>
        Handovers(Of("[]"), "extradition", "2026-11-30T09:00Z").ShouldBe(["b: there is no line to text from", "a: there is no line to text from"]);

    [Fact]
    public void Of_AMorning_TellsEachCoordinatorTheGapsOfTheirDesks() => GapNotices.Of(Book, GivenRota.Time("2026-11-25T09:00Z")).Select(Show).ShouldBe(
    [
        "all from +442079460101: Not covered in the next 14 days: Records Wed 25 Nov 17:00-Thu 26 Nov 09:00; Manager Sat 28 Nov 00:00-12:00; "
        + "Records Thu 3 Dec 17:00-Wed 9 Dec 09:00",
        "records: takes no texts",
    ]);

    [Fact]
    public void RotasOf_ADesk_AreThoseOfItsPolicyAndOfTheKeysThatLeadToIt() =>
        Senders.RotasOf(Of(Lines.Replace("\"say\": \"extradition\"", "\"say\": \"extradition\", \"policy\": \"manager\"", StringComparison.Ordinal)), "extradition")
            .Select(rota => rota.Id).ShouldBe(["extradition", "manager"]);

    private static List<string> Handovers(RotaBook book, string rota, string at)
    {
        var instant = GivenRota.Time(at);
        var handover = HandoverWatch.Between([new BookInForce(instant - NodaTime.Duration.Epsilon, book)], instant).Single(seen => seen.Rota.Id == rota);
        return [.. HandoverNotices.Of(book, handover).Select(Show)];
    }

    private static string Show(Notice notice) => notice switch
    {
        Notice.Texted text => $"{text.Person} from {text.From}: {text.Body}",
        Notice.LeftOut left => $"{left.Person}: {left.Why}",
        _ => throw new InvalidOperationException(),
    };

    private static RotaBook Of(string lines) => new(1, JsonDraft.Content($$"""
        {
          "timeZone": "Europe/London",
          "advisers": [
            { "id": "a", "name": "Alex Ash", "phone": "+447700900101" }, { "id": "b", "name": "Billie Birch", "phone": "+447700900102" },
            { "id": "c", "name": "Chris Cedar", "phone": "+447700900103", "sms": null }, { "id": "d", "name": "Dana Dogwood", "phone": "+441632960104" }
          ],
          "coordinators": [
            { "id": "all", "name": "Pat Lane", "phone": "+447700900150" },
            { "id": "records", "name": "Robin Reed", "phone": "+441632960151", "desks": ["records"] },
            { "id": "extradition", "name": "Sam Stone", "phone": "+447700900152", "desks": ["extradition"] }
          ],
          "desks": [{ "id": "extradition", "name": "Extradition", "policy": "extradition" }, { "id": "records", "name": "Records", "policy": "records" }],
          "policies": [
            { "id": "extradition", "steps": [{ "notify": ["rota:extradition"] }] }, { "id": "records", "steps": [{ "notify": ["rota:records"] }] },
            { "id": "manager", "steps": [{ "notify": ["rota:manager"] }] }
          ],
          "rotas": [
            { "id": "extradition", "name": "Extradition", "layers": [{ "name": "weekly", "rotation": { "start": "2026-11-23T09:00", "turn": "P1W", "advisers": ["a", "b", "c", "d"] } }] },
            { "id": "records", "name": "Records", "layers": [{ "name": "list", "shifts": [
              { "start": "2026-11-20T09:00", "end": "2026-11-25T17:00", "adviser": "a" }, { "start": "2026-11-26T09:00", "end": "2026-12-03T17:00", "adviser": "b" } ] }] },
            { "id": "manager", "name": "Manager", "layers": [{ "name": "list", "shifts": [
              { "start": "2026-11-20T09:00", "end": "2026-11-28T00:00", "adviser": "a" }, { "start": "2026-11-28T12:00", "end": "2027-03-03T17:00", "adviser": "b" } ] }] }
          ],
          "lines": {{lines}}
        }
        """));
}
