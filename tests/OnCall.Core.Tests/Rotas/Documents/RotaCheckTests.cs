using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Rotas.Documents;

/// <summary>What is refused, with path and remedy, and what is allowed.</summary>
public sealed class RotaCheckTests
{
    private const string People = """
        "timeZone": "Europe/London", "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }, { "id": "b", "name": "B", "phone": "+447700900102" }]
        """;

    [Theory]
    [InlineData("P1X")]
    [InlineData("P1Y")]
    [InlineData("P1DT1H")]
    [InlineData("P1W2D")]
    [InlineData("PT")]
    [InlineData("PT8S")]
    [InlineData("P0D")]
    [InlineData("PT0H")]
    [InlineData("P11000D")]
    [InlineData("P121M")]
    [InlineData("P-1D")]
    [InlineData("p1d")]
    [InlineData("1 week")]
    public void Check_Turn_OneUnitMoreThanNothingAtMost10Years(string turn) =>
        Of(Layer($$"""{ "rotation": { "start": "2026-01-05T09:00", "turn": "{{turn}}", "advisers": ["a"] } }""")).ShouldHaveSingleItem()
            .ShouldStartWith($"rotas[0].layers[0].rotation.turn: turn is \"{turn}\"; ");

    [Theory]
    [InlineData("P3653D")]
    [InlineData("P52W")]
    [InlineData("P120M")]
    [InlineData("PT90M")]
    [InlineData("PT12H30M")]
    public void Check_Turn_OfOneUnit_IsAllowed(string turn) =>
        Of(Layer($$"""{ "rotation": { "start": "2026-01-05T09:00", "turn": "{{turn}}", "advisers": ["a"] } }""")).ShouldBeEmpty();

    [Theory]
    [InlineData("\\b")]
    [InlineData("\\u0000")]
    [InlineData("\\uffff")]
    public void Check_ControlCharacter_IsAnError(string written) =>
        Of($$"""{ "advisers": [{ "id": "a", "name": "A{{written}}sh", "phone": "+447700900101" }] }""").ShouldHaveSingleItem()
            .ShouldStartWith("advisers[0].name: name holds a control character; ");

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("")]
    [InlineData(" ")]
    public void Check_CodeThatNobodyCanWrite_IsAnError(string written) =>
        Of(Layer($$"""{ "pattern": { "start": "2026-01-05", "shifts": { "{{written}}": "07:00-15:00", "E": "08:00-16:00" }, "cycle": ["E"], "teams": [{ "advisers": ["a"] }] } }""")).ShouldHaveSingleItem()
            .ShouldContain("cannot be the code of a shift; ");

    [Theory]
    [InlineData("""{ "topics": [null] }""", "topics[0]: topics[0] is empty; ")]
    [InlineData("""{ "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101", "languages": [null] }] }""", "advisers[0].languages[0]: languages[0] is empty; ")]
    public void Check_NothingWhereTextIsExpected_IsAnError(string document, string start) => Of(document).ShouldHaveSingleItem().ShouldStartWith(start);

    [Theory]
    [InlineData("2200-12-31T23:30-05:00")]
    [InlineData("1990-01-01T00:30+05:00")]
    [InlineData("2201-01-01T09:00")]
    [InlineData("1989-12-31T09:00")]
    public void Check_StartOfARotation_LiesInTheYearsInItsZone(string start) =>
        Of(Layer($$"""{ "rotation": { "start": "{{start}}", "turn": "P1D", "advisers": ["a"] } }""")).ShouldHaveSingleItem()
            .ShouldBe("rotas[0].layers[0].rotation.start: start must be in the years 1990 to 2200.");

    [Theory]
    [InlineData("""{ "name": "x" }""", "it has none")]
    [InlineData("""{ "shifts": [{ "start": "2026-01-01", "end": "2026-01-02", "adviser": "a" }], "rotation": { "start": "2026-01-05T09:00", "turn": "P1D", "advisers": ["a"] } }""", "it has rotation and shifts")]
    public void Check_Layer_HasExactlyOneOfRotationPatternShifts(string layer, string what) =>
        Of(Layer(layer)).ShouldHaveSingleItem().ShouldBe($"rotas[0].layers[0]: layers[0] must have exactly one of rotation, pattern and shifts; {what}.");

    [Theory]
    [InlineData("""{ "rotation": { "start": "2026-01-05T09:00", "turn": "P1D", "advisers": [] } }""", "rotation.advisers")]
    [InlineData("""{ "only": [], "rotation": { "start": "2026-01-05T09:00", "turn": "P1D", "advisers": ["a"] } }""", "only")]
    [InlineData("""{ "only": [{ "days": [], "from": "08:00", "to": "09:00" }], "rotation": { "start": "2026-01-05T09:00", "turn": "P1D", "advisers": ["a"] } }""", "only[0].days")]
    [InlineData("""{ "shifts": [] }""", "shifts")]
    [InlineData("""{ "pattern": { "start": "2026-01-05", "shifts": { "D": "07:00-19:00" }, "cycle": [], "teams": [{ "advisers": ["a"] }] } }""", "pattern.cycle")]
    [InlineData("""{ "pattern": { "start": "2026-01-05", "shifts": { "D": "07:00-19:00" }, "cycle": ["D"], "teams": [] } }""", "pattern.teams")]
    [InlineData("""{ "pattern": { "start": "2026-01-05", "shifts": {}, "cycle": ["off"], "teams": [{ "advisers": ["a"] }] } }""", "pattern.shifts")]
    public void Check_EmptyLists_AreErrors(string layer, string path) =>
        Of(Layer(layer)).ShouldHaveSingleItem().ShouldStartWith($"rotas[0].layers[0].{path}: ");

    [Fact]
    public void Check_RotaWithoutLayers_IsOnlyAWarning()
    {
        var check = RotaCheck.Check([JsonDraft.Read($$"""{ {{People}}, "rotas": [{ "id": "r" }] }""")], BookContent.Empty, prune: false);

        check.Problems.ShouldBeEmpty();
        check.Warnings.ShouldHaveSingleItem().Sentence.ShouldStartWith("the rota r has no layers");
    }

    [Theory]
    [InlineData("""{ "pattern": { "start": "2026-01-05", "shifts": { "off": "07:00-19:00" }, "cycle": ["off"], "teams": [{ "advisers": ["a"] }] } }""", "pattern.shifts.off")]
    [InlineData("""{ "pattern": { "start": "2026-01-05", "shifts": { "D": "07-19" }, "cycle": ["D"], "teams": [{ "advisers": ["a"] }] } }""", "pattern.shifts.D")]
    [InlineData("""{ "pattern": { "start": "2026-01-05", "shifts": { "D": "07:00-19:00" }, "cycle": ["D", "N"], "teams": [{ "advisers": ["a"] }] } }""", "pattern.cycle[1]")]
    [InlineData("""{ "pattern": { "start": "2026-01-05T09:00", "shifts": { "D": "07:00-19:00" }, "cycle": ["D"], "teams": [{ "advisers": ["a"] }] } }""", "pattern.start")]
    [InlineData("""{ "pattern": { "start": "2026-01-05", "shifts": { "D": "07:00-19:00" }, "cycle": ["D"], "teams": [{ "advisers": ["a"], "offset": "2" }] } }""", "pattern.teams[0].offset")]
    [InlineData("""{ "only": [{ "days": ["Monday"], "from": "08:00", "to": "09:00" }], "rotation": { "start": "2026-01-05T09:00", "turn": "P1D", "advisers": ["a"] } }""", "only[0].days[0]")]
    [InlineData("""{ "only": [{ "from": "8:00", "to": "24:00" }], "rotation": { "start": "2026-01-05T09:00", "turn": "P1D", "advisers": ["a"] } }""", "only[0].from", "only[0].to")]
    [InlineData("""{ "from": "2026-03-01", "until": "2026-03-01", "rotation": { "start": "2026-01-05T09:00", "turn": "P1D", "advisers": ["a"] } }""", "until")]
    [InlineData("""{ "rotation": { "start": "1989-01-05T09:00", "turn": "P1D", "advisers": ["a"] } }""", "rotation.start")]
    [InlineData("""{ "rotation": { "start": "2201-01-05T09:00", "turn": "P1D", "advisers": ["a"] } }""", "rotation.start")]
    [InlineData("""{ "rotation": { "start": "2026-02-30T09:00", "turn": "P1D", "advisers": ["a"] } }""", "rotation.start")]
    [InlineData("""{ "rotation": { "start": "yesterday", "turn": "P1D", "advisers": ["a", "nobody"] } }""", "rotation.start", "rotation.advisers[1]")]
    public void Check_LayerWithErrors_EveryOneIsFoundAtItsPath(string layer, params string[] paths) =>
        Of(Layer(layer)).Select(problem => problem[..problem.IndexOf(": ", StringComparison.Ordinal)]).ShouldBe(paths.Select(path => $"rotas[0].layers[0].{path}"));

    [Theory]
    [InlineData("""{ "start": "2026-11-04T09:00", "end": "2026-11-04T09:00", "adviser": "a" }""", "end", "must be after start")]
    [InlineData("""{ "start": "2026-11-04T09:00", "end": "2026-11-05T09:00", "adviser": "a", "replaces": "b", "adds": true }""", "adds", "cannot both be given")]
    [InlineData("""{ "start": "2026-11-04T09:00", "end": "2026-11-05T09:00", "adviser": "a", "replaces": "nobody" }""", "replaces", "names the adviser \"nobody\"")]
    [InlineData("""{ "start": "2026-11-04T09:00", "end": "2026-11-05T09:00", "adviser": "a", "adds": "true" }""", "adds", "must be true or false")]
    [InlineData("""{ "start": "2026-11-04T09:00", "adviser": "a" }""", "end", "end is missing")]
    [InlineData("""{ "id": "UPPER", "start": "2026-11-04T09:00", "end": "2026-11-05T09:00", "adviser": "a" }""", "id", "ids are 1 to 64 of the characters")]
    public void Check_Override_WithError(string change, string path, string sentence)
    {
        var problem = Of($$"""{ {{People}}, "rotas": [{ "id": "r", "overrides": [{{change}}] }] }""").ShouldHaveSingleItem();

        problem.ShouldStartWith($"rotas[0].overrides[0].{path}: ");
        problem.ShouldContain(sentence);
    }

    [Theory]
    [InlineData("""{ "adviser": "a", "start": "2026-08-01", "end": "2026-08-02", "through": "2026-08-02" }""", "through")]
    [InlineData("""{ "adviser": "a", "start": "2026-08-02", "through": "2026-08-01" }""", "through")]
    [InlineData("""{ "adviser": "a", "start": "2026-08-02", "end": "2026-08-02" }""", "end")]
    [InlineData("""{ "adviser": "nobody", "start": "2026-08-02" }""", "adviser")]
    public void Check_Absence_WithError(string absence, string path) =>
        Of($$"""{ {{People}}, "absences": [{{absence}}] }""").ShouldHaveSingleItem().ShouldStartWith($"absences[0].{path}: ");

    [Fact]
    public void Check_AbsenceOfOneDay_ThroughItsStart_IsAllowed() =>
        Of($$"""{ {{People}}, "absences": [{ "adviser": "a", "start": "2026-08-02", "through": "2026-08-02" }] }""").ShouldBeEmpty();

    [Fact]
    public void Check_WallClockTimeWithoutAnyZone_IsAnError() =>
        JsonDraft.Problems("""{ "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101", "from": "2026-01-01" }] }""")
            .ShouldHaveSingleItem().ShouldStartWith("advisers[0].from: from is a wall-clock time, and no time zone is known");

    [Theory]
    [InlineData("""{ "pattern": { "start": "2026-06-01", "shifts": { "D": "07:00-19:00" }, "cycle": ["D"], "teams": [{ "advisers": ["a"] }] } }""", "pattern.start")]
    [InlineData("""{ "only": [{ "from": "18:00", "to": "08:00" }], "rotation": { "start": "2026-06-01T09:00Z", "turn": "P1W", "advisers": ["a"] } }""", "only[0].from", "only[0].to")]
    public void Check_PatternOrWindowWithoutAnyZone_IsAnError(string layer, params string[] paths) =>
        Of(Layer(layer).Replace("\"timeZone\": \"Europe/London\",", "", StringComparison.Ordinal)).Select(problem => problem.Split(": ")[0]).ShouldBe(paths.Select(path => $"rotas[0].layers[0].{path}"));

    [Fact]
    public void Check_ZoneThatIsNotKnown_IsOneError() =>
        Of(Layer(OneTurn).Replace("Europe/London", "Europe/Londn", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("timeZone: timeZone \"Europe/Londn\" is no time zone; ");

    [Theory]
    [InlineData("2026-11-27T22:42:49.123456+00:00")]
    [InlineData("2026-11-27T22:42:49.999Z")]
    public void Check_FractionOfASecondBesideAnOffset_IsLeftOut(string start) => JsonDraft.Content($$"""{ {{People}}, "absences": [{ "adviser": "a", "start": "{{start}}" }] }""")
        .Absences.ShouldHaveSingleItem().Start.ShouldBe(NodaTime.Instant.FromUtc(2026, 11, 27, 22, 42, 49));

    [Fact]
    public void Check_SameIdOfTwoRotas_IsOneError()
    {
        const string Rota = $$"""{ "id": "r", "layers": [{{OneTurn}}], "overrides": [{ "id": "1", "start": "2026-11-03", "end": "2026-11-04", "adviser": "b" }] }""";

        Of($$"""{ {{People}}, "rotas": [{{Rota}}, {{Rota}}] }""").ShouldHaveSingleItem().ShouldStartWith("rotas[1].id: ");
    }

    [Theory]
    [InlineData("+442079460101", "+442079460101", "lines[1].number")]
    [InlineData("0", "0", "lines[0].number", "lines[1].number")]
    public void Check_WrongNumbersOfTwoLines_AreAnErrorEach(string first, string second, params string[] paths) => Of(Lines(Line(first), Line(second))).Select(problem => problem.Split(": ")[0]).ShouldBe(paths);

    /// <summary>Who calls it would hear the other line.</summary>
    [Fact]
    public void Check_NumberThatIsCalledAndOfAnotherLineTexted_IsAnError() =>
        Of(Lines(Line("+442079460101", "+447700900300"), Line("+447700900300", "+447700900301"))).ShouldHaveSingleItem().ShouldStartWith("lines: the number +447700900300 is called as the line ");

    [Fact]
    public void Check_TimeWithOffsetAndNoZone_IsAllowed() =>
        JsonDraft.Problems("""{ "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101", "from": "2026-01-01T00:00Z" }] }""").ShouldBeEmpty();

    [Fact]
    public void Check_UnknownKey_SaysWhatWasProbablyMeant() =>
        Of($$"""{ {{People}}, "rotsa": [] }""").ShouldHaveSingleItem().ShouldBe("rotsa: \"rotsa\" is no key that is known here; did you mean \"rotas\"?");

    [Fact]
    public void Check_UnknownKeyThatIsLikeNone_SaysWhichThereAre() =>
        Of($$"""{ {{People}}, "absences": [{ "adviser": "a", "start": "2026-01-05", "end": "2026-01-06", "whatever": "b" }] }""")
            .ShouldContain(problem => problem.EndsWith("\"whatever\" is no key that is known here; the keys here are id, adviser, through, end, start, reason."));

    [Fact]
    public void Check_RepeatedKey_IsAnError() =>
        Of($$"""{ {{People}}, "topics": ["x"], "topics": ["y"] }""").ShouldHaveSingleItem().ShouldStartWith("topics: topics stands here again");

    [Theory]
    [InlineData("""{ "id": "A", "name": "A", "phone": "+447700900101" }""", "id")]
    [InlineData("""{ "id": "everyone", "name": "A", "phone": "+447700900101" }""", "id")]
    [InlineData("""{ "name": "A", "phone": "+447700900101" }""", "id")]
    [InlineData("""{ "id": "x", "phone": "+447700900101" }""", "name")]
    [InlineData("""{ "id": "x", "name": "A" }""", "phone")]
    [InlineData("""{ "id": "x", "name": "A", "phone": "07700900101" }""", "phone")]
    [InlineData("""{ "id": "x", "name": "A", "phone": "+447700900101", "email": "nowhere" }""", "email")]
    [InlineData("""{ "id": "x", "name": "A", "phone": "+447700900101", "languages": ["english"] }""", "languages[0]")]
    [InlineData("""{ "id": "x", "name": "A", "phone": "+447700900101", "from": "2026-01-02", "until": "2026-01-02" }""", "until")]
    [InlineData("""{ "id": "x", "name": { "first": "A" }, "phone": "+447700900101" }""", "name")]
    public void Check_Adviser_WithError(string adviser, string path) =>
        JsonDraft.Problems($$"""{ "timeZone": "Europe/London", "advisers": [{{adviser}}] }""").ShouldHaveSingleItem().ShouldStartWith($"advisers[0].{path}: ");

    [Fact]
    public void Check_SameIdTwice_IsAnError() =>
        JsonDraft.Problems("""{ "advisers": [{ "id": "a", "name": "A", "phone": "+447700900101" }, { "id": "a", "name": "A", "phone": "+447700900101" }] }""")
            .ShouldHaveSingleItem().ShouldStartWith("advisers[1].id: id \"a\" is taken by another adviser");

    [Fact]
    public void Check_IdOf64Characters_IsAllowedAndOneOf65IsNot()
    {
        JsonDraft.Problems($$"""{ "advisers": [{ "id": "{{new string('a', 64)}}", "name": "A", "phone": "+447700900101" }] }""").ShouldBeEmpty();
        JsonDraft.Problems($$"""{ "advisers": [{ "id": "{{new string('a', 65)}}", "name": "A", "phone": "+447700900101" }] }""").ShouldHaveSingleItem().ShouldStartWith("advisers[0].id: ");
    }

    [Fact]
    public void Check_SameIdInTwoKinds_IsAllowedSinceIdsAreUniquePerKind() => Of($$"""{ {{People}}, "rotas": [{ "id": "a", "layers": [{{OneTurn}}] }] }""").ShouldBeEmpty();

    [Fact]
    public void Check_LayerNames_AreUniqueInTheirRotaAndNoFurther()
    {
        Of($$"""{ {{People}}, "rotas": [{ "id": "r", "layers": [{{OneTurn}}] }, { "id": "s", "layers": [{{OneTurn}}] }] }""").ShouldBeEmpty();
        Of($$"""{ {{People}}, "rotas": [{ "id": "r", "layers": [{{OneTurn}}, {{OneTurn}}] }] }""").ShouldHaveSingleItem()
            .ShouldStartWith("rotas[0].layers[1].name: name \"x\" is taken by another layer");
    }

    [Fact]
    public void Check_CoordinatorOrLineThatCannotBeTexted_IsAWarning()
    {
        var check = RotaCheck.Check(
            [
                JsonDraft.Read($$"""
                    {
                      {{People}}, "coordinators": [{ "id": "c", "name": "C", "phone": "+442079460150" }],
                      "policies": [{ "id": "p", "steps": [{ "notify": ["adviser:a"] }] }], "desks": [{ "id": "d", "policy": "p" }],
                      "lines": [{ "number": "+442079460101", "name": "L", "greeting": "G", "default": "d" }]
                    }
                    """),
            ],
            BookContent.Empty,
            prune: false);

        check.Problems.ShouldBeEmpty();
        check.Warnings.Select(warning => warning.Path).ShouldBe(["coordinators[0]", "lines[0]"]);
    }

    [Fact]
    public void Check_BlockedUntil_IsInTheDocumentsZone() =>
        JsonDraft.Content("""{ "timeZone": "America/New_York", "blocked": [{ "number": "+447700900666", "until": "2027-06-01T00:00", "reason": "abusive calls" }] }""")
            .Blocked[0].Until.ShouldBe(NodaTime.Instant.FromUtc(2027, 6, 1, 4, 0));

    [Theory]
    [InlineData("""{ "id": "p", "steps": [] }""", "steps")]
    [InlineData("""{ "id": "p", "steps": [{ "notify": [] }] }""", "steps[0].notify")]
    [InlineData("""{ "id": "p", "steps": [{ "notify": ["a"] }] }""", "steps[0].notify[0]")]
    [InlineData("""{ "id": "p", "steps": [{ "notify": ["rota:none"] }] }""", "steps[0].notify[0]")]
    [InlineData("""{ "id": "p", "steps": [{ "notify": ["adviser:a"], "ring": "25" }] }""", "steps[0].ring")]
    [InlineData("""{ "id": "p", "steps": [{ "notify": ["adviser:a"], "wait": "PT0S" }] }""", "steps[0].wait")]
    [InlineData("""{ "id": "p", "steps": [{ "notify": ["adviser:a"] }], "rounds": 0 }""", "rounds")]
    [InlineData("""{ "id": "p", "steps": [{ "notify": ["adviser:a"] }], "then": "hang-up" }""", "then")]
    [InlineData("""{ "id": "p", "steps": [{ "notify": ["adviser:a"] }], "chase": [] }""", "chase")]
    public void Check_Policy_WithError(string policy, string path) =>
        Of($$"""{ {{People}}, "policies": [{{policy}}] }""").ShouldHaveSingleItem().ShouldStartWith($"policies[0].{path}: ");

    [Theory]
    [InlineData("fr", "forces[0].language: language is \"fr\"; write en or cy.")]
    [InlineData("welsh", "forces[0].language: language is \"welsh\"; write en or cy.")]
    public void Check_LanguageOfAForce_IsOneThatIsSpoken(string language, string error) =>
        Of($$"""{ "forces": [{ "id": "gwent", "language": "{{language}}" }] }""").ShouldBe([error]);

    [Theory]
    [InlineData("cy", Language.Welsh)]
    [InlineData("en", Language.English)]
    [InlineData(null, null)]
    public void Check_LanguageOfAForce_IsRead(string? written, Language? language) =>
        JsonDraft.Content($$"""{ "forces": [{ "id": "gwent"{{(written is null ? "" : $", \"language\": \"{written}\"")}} }] }""").Forces[0].Language.ShouldBe(language);

    [Theory]
    [InlineData("""{ "number": "+442079460101", "name": "L", "greeting": "G" }""", "default")]
    [InlineData("""{ "number": "+442079460101", "name": "L", "greeting": "G", "default": "none" }""", "default")]
    [InlineData("""{ "number": "+442079460101", "name": "L", "greeting": "G", "default": "d", "language": "fr" }""", "language")]
    [InlineData("""{ "number": "+442079460101", "name": "L", "greeting": "G", "default": "d", "menu": [{ "key": "10", "desk": "d", "say": "x" }] }""", "menu[0].key")]
    [InlineData("""{ "number": "+442079460101", "name": "L", "greeting": "G", "default": "d", "menu": [{ "key": "1", "desk": "d", "say": "x" }, { "key": 1, "desk": "d", "say": "x" }] }""", "menu[1].key")]
    [InlineData("""{ "number": "+442079460101", "name": "L", "greeting": "G", "default": "d", "menu": [{ "key": "1", "desk": "d", "say": "x", "policy": "none" }] }""", "menu[0].policy")]
    [InlineData("""{ "number": "+442079460101", "name": "L", "greeting": "G", "default": "d", "menu": [{ "key": "1", "desk": "d", "say": "x", "priority": "high" }] }""", "menu[0].priority")]
    public void Check_Line_WithError(string line, string path) =>
        Of($$"""{ {{People}}, "policies": [{ "id": "p", "steps": [{ "notify": ["adviser:a"] }] }], "desks": [{ "id": "d", "policy": "p" }], "lines": [{{line}}] }""")
            .ShouldHaveSingleItem().ShouldStartWith($"lines[0].{path}: ");

    [Fact]
    public void Check_NumbersWhereTextIsExpected_AreText() =>
        JsonDraft.Content("""{ "advisers": [{ "id": 7, "name": 12, "phone": "+447700900101" }] }""").Advisers[0].Id.ShouldBe("7");

    [Theory]
    [InlineData("""[1]""")]
    [InlineData("\"text\"")]
    public void Check_RootThatIsNoMap_IsAnErrorOfTheDocument(string document) => JsonDraft.Problems(document).ShouldHaveSingleItem().ShouldStartWith("document: ");

    [Fact]
    public void Check_WindowInsideASpringSkip_Warns()
    {
        var document = $$"""{ {{People}}, "rotas": [{ "id": "r", "layers": [{ "only": [{ "from": "01:15", "to": "01:45" }], "rotation": { "start": "2026-06-01", "turn": "P1W", "advisers": ["a"] } }] }] }""";

        var check = RotaCheck.Check([JsonDraft.Read(document)], BookContent.Empty, prune: false);

        check.Warnings.ShouldHaveSingleItem().Sentence.ShouldBe("the window 01:15 to 01:45 is empty on 28 March 2027, and whenever the clocks skip it.");
    }

    [Fact]
    public void Check_PatternShiftInsideASpringSkip_Warns()
    {
        var document = $$"""{ {{People}}, "rotas": [{ "id": "r", "layers": [{ "pattern": { "start": "2026-06-01", "shifts": { "X": "01:00-02:00" }, "cycle": ["X"], "teams": [{ "advisers": ["a"] }] } }] }] }""";

        var check = RotaCheck.Check([JsonDraft.Read(document)], BookContent.Empty, prune: false);

        check.Warnings.ShouldHaveSingleItem().Sentence.ShouldStartWith("the shift X 01:00 to 02:00 is empty on 28 March 2027");
    }

    private static IReadOnlyList<string> Of(string document) => JsonDraft.Problems(document);

    private const string OneTurn = """{ "name": "x", "rotation": { "start": "2026-01-05T09:00", "turn": "P1W", "advisers": ["a"] } }""";

    private static string Line(string number, string? sms = null) =>
        $$"""{ "number": "{{number}}"{{(sms is null ? "" : $", \"sms\": \"{sms}\"")}}, "name": "L", "greeting": "G", "default": "d", "menu": [{ "key": "1", "desk": "d", "say": "x" }] }""";

    private static string Lines(params string[] lines) =>
        $$"""{ {{People}}, "policies": [{ "id": "p", "steps": [{ "notify": ["adviser:a"] }] }], "desks": [{ "id": "d", "policy": "p" }], "lines": [{{string.Join(", ", lines)}}] }""";

    private static string Layer(string layer) => $$"""{ {{People}}, "rotas": [{ "id": "r", "layers": [{{layer}}] }] }""";
}
