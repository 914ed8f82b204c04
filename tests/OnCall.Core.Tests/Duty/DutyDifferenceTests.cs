using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Tests.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Duty;

public sealed class DutyDifferenceTests
{
    private static readonly Instant Monday = Instant.FromUtc(2026, 11, 2, 9, 0);

    [Fact]
    public void Between_AnOverrideAdded_IsThatStretchAlone()
    {
        var differences = Between("""{ "start": "2026-11-03T18:00", "end": "2026-11-04T09:00", "adviser": "b" }""");
        differences.ShouldBe([new DutyDifference(Monday + Duration.FromHours(33), Monday + Duration.FromHours(48), ["a"], ["b"])]);
    }

    [Fact]
    public void Between_AnOverrideOfTheOneOnDuty_IsNothing() =>
        Between("""{ "start": "2026-11-03T18:00", "end": "2026-11-04T09:00", "adviser": "a" }""").ShouldBeEmpty();

    [Fact]
    public void Between_ARotaThatWasNot_IsAllOfItsDuty() =>
        DutyDifference.Between(RotaBook.Empty, Book(""), "r", Monday, Monday + Duration.FromDays(1))
            .ShouldBe([new DutyDifference(Monday, Monday + Duration.FromDays(1), [], ["a"])]);

    private static ValueList<DutyDifference> Between(string added) => DutyDifference.Between(Book(""), Book(added), "r", Monday, Monday + Duration.FromDays(7));

    private static RotaBook Book(string overrides) => new(1, JsonDraft.Content($$"""
        {
          "timeZone": "Europe/London",
          "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }, { "id": "b", "name": "B", "phone": "+447700900102" }],
          "rotas": [{ "id": "r", "layers": [{ "name": "x", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a"] } }], "overrides": [{{overrides}}] }]
        }
        """));
}
