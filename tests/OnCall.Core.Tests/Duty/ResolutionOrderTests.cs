using Shouldly;
using Xunit;
using static OnCall.Core.Tests.Duty.GivenRota;

namespace OnCall.Core.Tests.Duty;

/// <summary>"How a rota resolves", point by point.</summary>
public sealed class ResolutionOrderTests
{
    private const string Noon = "2026-06-01T12:00Z";

    private static readonly string Base = Rotation("2026-01-01T00:00", "P1D", "e");
    private static readonly string Team =
        """{ "name": "team", "shifts": [ { "start": "2026-06-01", "end": "2026-06-02", "adviser": "a" }, { "start": "2026-06-01", "end": "2026-06-02", "adviser": "d" } ] }""";

    private static readonly string OnlyA = """{ "name": "only a", "shifts": [ { "start": "2026-06-01", "end": "2026-06-02", "adviser": "a" } ] }""";

    [Fact]
    public void At_LayerWithFromUntilAndOnly_EachLayerAloneGivesItsAdvisersInsideThem()
    {
        var rota = In("UTC", Rotation("2026-01-01T00:00", "P1D", "a", """
            "from": "2026-06-01", "until": "2026-06-03", "only": [{ "from": "08:00", "to": "10:00" }],
            """));

        rota.Periods("2026-05-30T00:00Z", "2026-06-05T00:00Z").ShouldBe(["01 08:00+0 to 01 10:00+0: a", "02 08:00+0 to 02 10:00+0: a"]);
    }

    [Fact]
    public void At_AbsentInATeam_AbsentAdvisersAreTakenOutOfEveryLayer() =>
        In("UTC", Base + "," + Team, absences: Absence("a", "2026-06-01")).At(Noon).ShouldBe("d");

    [Fact]
    public void At_AllOfALayerAbsent_WhatLiesBelowShowsThrough() =>
        In("UTC", Base + "," + OnlyA, absences: Absence("a", "2026-06-01")).At(Noon).ShouldBe("e");

    [Fact]
    public void Between_AbsentInARotation_TheyKeepTheirPlaceInTheTurnOrder() =>
        In("UTC", Rotation("2026-06-01T00:00", "P1D", "a b c"), absences: Absence("b", "2026-06-01", "2026-06-03"))
            .Periods("2026-06-01T00:00Z", "2026-06-06T00:00Z")
            .ShouldBe(["01 00:00+0 to 02 00:00+0: a", "03 00:00+0 to 04 00:00+0: c", "04 00:00+0 to 05 00:00+0: a", "05 00:00+0 to 06 00:00+0: b"]);

    [Fact]
    public void At_AbsentWithStandIn_AStandInNamedByAnOverrideTakesTheAbsentOnesPlaceThere() =>
        In("UTC", Base + "," + OnlyA, Replacing("a", "b"), Absence("a", "2026-06-01")).At(Noon).ShouldBe("b");

    [Fact]
    public void At_AbsentWithStandInOfTheStandIn_TheLastOneTakesThePlace() =>
        In("UTC", Base + "," + OnlyA, Replacing("a", "b") + "," + Replacing("b", "c"), Absence("a", "2026-06-01")).At(Noon).ShouldBe("c");

    [Fact]
    public void At_AbsentAndReplacedTwice_TheSecondTakesThePlace() =>
        In("UTC", Base + "," + OnlyA, Replacing("a", "b") + "," + Replacing("a", "c"), Absence("a", "2026-06-01")).At(Noon).ShouldBe("c");

    [Fact]
    public void At_LayersOverlap_TheLastLayerThatStillHasSomebodyWins() => In("UTC", Base + "," + Team).At(Noon).ShouldBe("a d");

    [Fact]
    public void At_ReplacedTwice_AToBThenAToCIsC() => In("UTC", OnlyA, Replacing("a", "b") + "," + Replacing("a", "c")).At(Noon).ShouldBe("c");

    [Fact]
    public void At_StandInReplaced_AToBThenBToCIsC() => In("UTC", OnlyA, Replacing("a", "b") + "," + Replacing("b", "c")).At(Noon).ShouldBe("c");

    [Fact]
    public void At_ReplacesSomebodyOffDuty_HasNoEffect() => In("UTC", OnlyA, Replacing("c", "b")).At(Noon).ShouldBe("a");

    [Fact]
    public void At_StandInNamedBeforeThereIsOne_HasNoEffectSinceOverridesApplyInListOrder() =>
        In("UTC", OnlyA, Replacing("b", "c") + "," + Replacing("a", "b")).At(Noon).ShouldBe("b");

    [Fact]
    public void At_ReplacesOneOfATeam_TheOthersStay() => In("UTC", Team, Replacing("a", "b")).At(Noon).ShouldBe("b d");

    [Fact]
    public void At_ReplacesEveryone_TheAdviserAloneWipingWhatWasBefore() =>
        In("UTC", Team, Replacing("a", "b") + "," + Replacing("everyone", "c")).At(Noon).ShouldBe("c");

    [Fact]
    public void At_WithoutReplaces_TheAdviserAlone() => In("UTC", Team, Override("2026-06-01T00:00", "2026-06-02T00:00", "c")).At(Noon).ShouldBe("c");

    [Fact]
    public void At_ReplacesSomebodyWipedBefore_HasNoEffect() =>
        In("UTC", OnlyA, Replacing("everyone", "c") + "," + Replacing("a", "b"), Absence("a", "2026-06-01")).At(Noon).ShouldBe("c");

    [Fact]
    public void At_Adds_TheAdviserToo() =>
        In("UTC", Team, Override("2026-06-01T00:00", "2026-06-02T00:00", "c", ", \"adds\": true")).At(Noon).ShouldBe("a c d");

    [Fact]
    public void At_AddedThenReplaced_TheReplacementHasThePlace() =>
        In("UTC", OnlyA, Override("2026-06-01T00:00", "2026-06-02T00:00", "c", ", \"adds\": true") + "," + Replacing("c", "b")).At(Noon).ShouldBe("a b");

    [Theory]
    [InlineData("")]
    [InlineData(", \"replaces\": \"a\"")]
    [InlineData(", \"adds\": true")]
    public void At_OverrideByAnAbsentAdviser_IsStillHonoured(string effect) =>
        In("UTC", OnlyA, Override("2026-06-01T00:00", "2026-06-02T00:00", "b", effect), Absence("b", "2026-06-01")).At(Noon).ShouldContain("b");

    [Fact]
    public void Between_NeighboursWithTheSameSet_PeriodsAreHalfOpenAndMaximal()
    {
        var rota = In("UTC", Rotation("2026-06-01T00:00", "P1D", "a a b"));

        rota.Periods("2026-06-01T00:00Z", "2026-06-04T00:00Z").ShouldBe(["01 00:00+0 to 03 00:00+0: a", "03 00:00+0 to 04 00:00+0: b"]);
        rota.At("2026-06-02T23:59Z").ShouldBe("a");
        rota.At("2026-06-03T00:00Z").ShouldBe("b");
    }

    [Fact]
    public void Between_SameSetFromTwoSources_OnePeriodNamesBoth()
    {
        var rota = In("UTC", Rotation("2026-06-01T00:00", "P1W", "a"), Override("2026-06-02T00:00", "2026-06-03T00:00", "a"));

        var period = rota.Between("2026-06-01T00:00Z", "2026-06-04T00:00Z").Periods.ShouldHaveSingleItem();

        period.Sources.Select(source => source.Key).ShouldBe(["layer:a P1W", "override:1"]);
    }

    [Fact]
    public void Between_NobodyAtTimes_StretchesWithNobodyAreInGapsOnly()
    {
        var rota = In("UTC", Team, cover: 2, absences: Absence("d", "2026-06-01T12:00"));

        rota.Periods("2026-05-31T12:00Z", "2026-06-02T12:00Z").ShouldBe(["01 00:00+0 to 01 12:00+0: a d", "01 12:00+0 to 02 00:00+0: a"]);
        rota.Gaps("2026-05-31T12:00Z", "2026-06-02T12:00Z")
            .ShouldBe(["31 12:00+0 to 01 00:00+0: 2", "01 12:00+0 to 02 00:00+0: 1", "02 00:00+0 to 02 12:00+0: 2"]);
    }

    [Fact]
    public void Between_CoverZero_NeverHasAGap() => In("UTC", OnlyA, cover: 0).Gaps("2026-01-01T00:00Z", "2026-12-01T00:00Z").ShouldBeEmpty();

    [Fact]
    public void At_OnDuty_UntilEndsThePersonsUnbrokenDutyOverLayersAndOverrides()
    {
        var rota = In("UTC", Rotation("2026-06-01T00:00", "P1D", "a b"), Override("2026-06-02T00:00", "2026-06-02T06:00", "a", ", \"adds\": true"));

        var answer = rota.Answer(Noon);

        answer.Advisers.ShouldHaveSingleItem().Until.ShouldBe(Time("2026-06-02T06:00Z"));
        answer.Next!.At.ShouldBe(Time("2026-06-02T00:00Z"));
        answer.Next.Advisers.ShouldBe(["a", "b"]);
    }

    [Fact]
    public void At_NothingEverChanges_NeitherUntilNorNext()
    {
        var answer = In("UTC", Rotation("2026-06-01T00:00", "P1D", "a")).Answer(Noon);

        answer.Advisers.ShouldHaveSingleItem().Until.ShouldBeNull();
        answer.Next.ShouldBeNull();
    }
}
