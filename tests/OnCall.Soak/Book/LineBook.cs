using NodaTime;
using OnCall.Core;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Soak.Book;

/// <summary>The first book of a line: desks with rotas of every kind, policies of one to three steps, a menu where there are several desks.</summary>
internal sealed class LineBook(LineSize size, Chance chance, LocalDate first)
{
    /// <summary>Who stands in every last step by name, and is never away.</summary>
    public const string Chief = "a00";

    private readonly ValueList<string> _ids = Enumerable.Range(0, size.Advisers).Select(Id).ToValueList();

    public static string Id(int number) => $"a{number:00}";

    public BookContent Build() => new()
    {
        Zone = London.Zone,
        Advisers = _ids.Select((id, place) => Adviser(id, place)).ToValueList(),
        Coordinators = [new Coordinator("p.lane", "Pat Lane", Numbers.Coordinator(0), null, []), new Coordinator("q.mead", "Quinn Mead", Numbers.Coordinator(1), null, ["desk0"])],
        Desks = Desks.Select(desk => new Desk(desk, $"Desk {desk[4..]}", $"of-{desk}")).ToValueList(),
        Rotas = [.. Desks.Select(desk => new Rota(desk, desk, London.Zone, 1, Layers(), [])), Managers()],
        Policies = [.. Desks.Select(Policy), Urgent()],
        Lines = [new Line(Numbers.Line(0), Numbers.Texts(0), "National advice line", "This is the national advice line. This call is logged.", Menu(), "desk0", Language.English)],
        Forces = [new Force("essex", "Essex Police", "england", "eastern", [Pattern("+441632960*")], Contact(), [Numbers.Switchboard]), new Force("kent", "Kent Police", "england", "south", [], null, [])],
        Topics = ["extradition", "records", "other"],
        Blocked = [new Blocked(Numbers.Unknown(1), null, null), new Blocked(Numbers.OfForce(7), null, null)],
    };

    private IEnumerable<string> Desks => Enumerable.Range(0, size.Desks).Select(desk => $"desk{desk}");

    private Adviser Adviser(string id, int place)
    {
        var number = Numbers.Adviser(place);
        return new Adviser(id, $"{id.ToUpperInvariant()} Example", number, id != Chief && chance.Is(0.15) ? null : number, null, [], null, null);
    }

    private ValueList<MenuEntry> Menu() => size.Desks == 1 ? [] :
    [
        .. Desks.Select((desk, place) => new MenuEntry($"{place + 1}", desk, $"desk {place}", Priority.Routine, null)),
        new MenuEntry("9", "desk0", "an immediate threat to life", Priority.Urgent, "urgent"),
    ];

    private NotifyTarget Contact() => chance.Is(0.5) ? new NotifyTarget.Adviser(chance.Of(_ids)) : new NotifyTarget.Rota("managers");

    private EscalationPolicy Policy(string desk)
    {
        List<ValueList<NotifyTarget>> steps = [[new NotifyTarget.Rota(desk)]];
        if (chance.Is(0.5))
        {
            steps.Add([new NotifyTarget.ForceContact(), new NotifyTarget.Adviser(chance.Of(_ids))]);
        }

        steps.Add([new NotifyTarget.Rota("managers"), new NotifyTarget.Adviser(Chief)]);
        return new EscalationPolicy(
            $"of-{desk}", steps.Select(Step).ToValueList(), 1 + chance.Below(3), chance.Is(0.4) ? AfterRounds.Voicemail : AfterRounds.Callback, Chase(2, 5, 10));
    }

    private EscalationPolicy Urgent() => new(
        "urgent", [Step([.. Desks.Select(desk => new NotifyTarget.Rota(desk)), new NotifyTarget.Adviser(Chief)])], 3, AfterRounds.Callback, Chase(1, 2));

    private PolicyStep Step(ValueList<NotifyTarget> notify) => new(notify, Duration.FromSeconds(20 + (5 * chance.Below(3))), Duration.FromSeconds(60 * (1 + chance.Below(3))));

    private static ValueList<Duration> Chase(params int[] minutes) => minutes.Select(wait => Duration.FromMinutes(wait)).ToValueList();

    private Rota Managers() => new(
        "managers", "Duty managers", London.Zone, 1, [new Layer("days", null, null, [], new Rotation(Before(1).At(new LocalTime(1, 30)), null, new Turn.Days(1), Some(3)))], []);

    /// <summary>Hand-overs lie at nine in the morning, and within the hour that the clock changes skip and repeat.</summary>
    private ValueList<Layer> Layers()
    {
        List<Layer> layers = [new("weeks", null, null, chance.Is(0.2) ? [Week(8, 18)] : [], new Rotation(Before(9).At(chance.Of<LocalTime>([new(9, 0), new(1, 30), new(2, 0)])), null, new Turn.Days(7), Some(3)))];
        if (chance.Is(0.5))
        {
            layers.Add(new Layer("nights", null, null, [Week(18, 8)], new Rotation(Before(3).At(new LocalTime(18, 0)), null, new Turn.Days(1), Some(2))));
        }

        layers.Add(new Layer("third", Start(chance.Below(60)), null, [], chance.Below(4) switch
        {
            0 => new Rotation(Before(5).At(new LocalTime(0, 30)), null, new Turn.Elapsed(Duration.FromHours(8)), Some(3)),
            1 => new Rotation(Before(31).At(new LocalTime(1, 0)), null, new Turn.Months(1), Some(2)),
            2 => Teams(),
            _ => new DatedShifts(Enumerable.Range(0, 20).Select(day => new DatedShift(Start(day * 5), Start((day * 5) + 1), chance.Of(_ids))).ToValueList()),
        }));
        return layers.ToValueList();
    }

    private ShiftPattern Teams() => new(
        Before(12),
        [new PatternShift("E", new LocalTime(7, 0), new LocalTime(15, 0)), new PatternShift("L", new LocalTime(15, 0), new LocalTime(23, 0)), new PatternShift("N", new LocalTime(23, 0), new LocalTime(7, 0))],
        ["E", "E", "L", "L", "N", "N", null, null, null, null],
        [new PatternTeam(Some(1), 0), new PatternTeam(Some(2), 2), new PatternTeam(Some(1), 6)]);

    private static DutyWindow Week(int from, int to) => new(Enumerable.Range(1, 5).Select(day => (IsoDayOfWeek)day).ToValueList(), new LocalTime(from, 0), new LocalTime(to, 0));

    private ValueList<string> Some(int many) => Enumerable.Range(0, Math.Min(many, _ids.Count)).Select(_ => chance.Of(_ids)).Distinct().ToValueList();

    private LocalDate Before(int days) => first.PlusDays(-days - chance.Below(60));

    private Instant Start(int days) => London.First(first.PlusDays(days).AtMidnight());

    private static NumberPattern Pattern(string text) => NumberPattern.TryParse(text, out var pattern, out var problem) ? pattern : throw new FormatException(problem);
}
