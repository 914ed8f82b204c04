using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Tests.Escalation;

/// <summary>A small book in code: a line, two desks, six advisers, and the extradition desk's policy step by step.</summary>
internal sealed record DeskBook
{
    public const string Extradition = "extradition";
    public const string Records = "records";

    public static readonly ValueList<string> Names = ["ash", "birch", "cedar", "dogwood", "elm", "fir"];
    public static readonly PhoneNumber Line = PhoneNumber.Parse("+442079460101");
    public static readonly PhoneNumber TextLine = PhoneNumber.Parse("+447700900300");
    public static readonly PhoneNumber Officer = PhoneNumber.Parse("+441632960001");
    public static readonly PhoneNumber TextingOfficer = PhoneNumber.Parse("+447700900201");
    public static readonly PhoneNumber CoordinatorOfAll = PhoneNumber.Parse("+447700900150");
    public static readonly PhoneNumber CoordinatorOfExtradition = PhoneNumber.Parse("+447700900151");
    public static readonly PhoneNumber Switchboard = PhoneNumber.Parse("+441632960000");
    public static readonly PhoneNumber OtherPhone = PhoneNumber.Parse("+447700900299");
    public static readonly PhoneNumber OutOfReach = PhoneNumber.Parse("+448081570001");
    public static readonly PhoneNumber UnknownOfficer = PhoneNumber.Parse("+442079460777");

    public static readonly Duration Ring = Duration.FromSeconds(25);

    /// <summary>A Monday noon in London, in winter.</summary>
    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 2, 12, 0);

    /// <summary>Two desks, and a key for what is urgent that rings elm alone.</summary>
    public static readonly ValueList<MenuEntry> TwoDesks =
    [
        new("1", Extradition, "extradition and arrest", Priority.Routine, null),
        new("2", Records, "foreign records", Priority.Routine, null),
        new("9", Extradition, "an immediate threat to life", Priority.Urgent, "everybody"),
    ];

    /// <summary>The steps of the extradition desk: adviser ids, <c>rota:ID</c> and <c>force-contact</c>, with blanks between.</summary>
    public ValueList<string> Steps { get; init; } = ["ash birch", "cedar"];

    public int Rounds { get; init; } = 1;

    public AfterRounds Then { get; init; } = AfterRounds.Callback;

    public ValueList<int> ChaseMinutes { get; init; } = [2, 5, 10];

    /// <summary>Empty: a line with one desk, which has no menu.</summary>
    public ValueList<MenuEntry> Menu { get; init; } = [];

    /// <summary>Rotas by id: the advisers who take daily turns from <see cref="Noon"/> on, or <c>ash+birch</c> for those who share a turn.</summary>
    public IReadOnlyDictionary<string, string[]> Rotas { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Whether the officer's number is blocked.</summary>
    public bool BlocksOfficer { get; init; }

    /// <summary>Whether forces are listed.</summary>
    public bool ListsForces { get; init; } = true;

    public ValueList<string> Away { get; init; } = [];

    /// <summary>Who is put on duty by an override, together with whoever is there, in every rota.</summary>
    public ValueList<string> Added { get; init; } = [];

    /// <summary>Who takes no texts.</summary>
    public ValueList<string> NoTexts { get; init; } = [];

    public Language LineLanguage { get; init; }

    /// <summary>Of the officer's force; null = it names none.</summary>
    public Language? ForceLanguage { get; init; }

    /// <summary>Who has Welsh first.</summary>
    public ValueList<string> Welsh { get; init; } = [];

    /// <summary>The contact of the officer's force: an adviser's id, or <c>rota:ID</c>.</summary>
    public string? ForceContact { get; init; }

    public static Adviser Adviser(string id, bool texts = true, bool welsh = false) => new(
        id, $"{char.ToUpperInvariant(id[0])}{id[1..]} Example", Phone(id), texts ? Phone(id) : null, null, welsh ? ["cy", "en"] : ["en", "cy"], null, null);

    public static PhoneNumber Phone(string id) => PhoneNumber.Parse($"+44770090010{Names.ToList().IndexOf(id) + 1}");

    public RotaBook Build() => new(1, new BookContent
    {
        Zone = DateTimeZoneProviders.Tzdb["Europe/London"],
        Advisers = Names.Select(id => Adviser(id, texts: !NoTexts.Contains(id), welsh: Welsh.Contains(id))).ToValueList(),
        Desks = [new Desk(Extradition, "Extradition and arrest", "standard"), new Desk(Records, "Foreign records", "records")],
        Rotas = Rotas.Select(pair => RotaOf(pair.Key, pair.Value)).ToValueList(),
        Absences = Away.Select(id => new Absence(null, id, Noon - Duration.FromDays(1), null, null)).ToValueList(),
        Policies =
        [
            new EscalationPolicy("standard", Steps.Select(StepOf).ToValueList(), Rounds, Then, ChaseMinutes.Select(wait => Duration.FromMinutes(wait)).ToValueList()),
            new EscalationPolicy("records", [StepOf("dogwood")], 1, AfterRounds.Voicemail, [Duration.FromMinutes(2)]),
            new EscalationPolicy("everybody", [StepOf("elm")], 1, AfterRounds.Callback, [Duration.FromMinutes(1)]),
        ],
        Lines = [new Line(Line, TextLine, "National advice line", "This is the national advice line.", Menu, Extradition, LineLanguage)],
        Blocked = BlocksOfficer ? [new Blocked(Officer, Noon + Duration.FromDays(1), null), new Blocked(UnknownOfficer, null, null), new Blocked(TextingOfficer, null, null), new Blocked(OutOfReach, null, null)] : [],
        Forces = !ListsForces ? [] : [new Force("essex", "Essex Police", "england", "eastern", [Pattern("+441632960*")], ForceContact is { } contact ? TargetOf(contact) : null, [Switchboard], ForceLanguage)],
        Coordinators =
        [
            new Coordinator("p.lane", "Pat Lane", CoordinatorOfAll, null, []),
            new Coordinator("q.mead", "Quinn Mead", CoordinatorOfExtradition, null, ["extradition"]),
            new Coordinator("r.nook", "Robin Nook", PhoneNumber.Parse("+447700900152"), null, ["records"]),
        ],
        Topics = ["extradition", "interpol-notice", "records", "missing-person", "other"],
    });

    private static PolicyStep StepOf(string targets) =>
        new(targets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TargetOf).ToValueList(), Ring, Duration.FromMinutes(1));

    private static NotifyTarget TargetOf(string target) => target switch
    {
        "force-contact" => new NotifyTarget.ForceContact(),
        ['r', 'o', 't', 'a', ':', .. var id] => new NotifyTarget.Rota(id),
        _ => new NotifyTarget.Adviser(target),
    };

    private Rota RotaOf(string id, string[] turns)
    {
        // A hundred days of dated shifts: any number of advisers may share one.
        var shifts = Enumerable.Range(0, 100).SelectMany(day => turns[day % turns.Length].Split('+', StringSplitOptions.RemoveEmptyEntries)
            .Select(adviser => new DatedShift(Noon + Duration.FromDays(day), Noon + Duration.FromDays(day + 1), adviser)));
        var added = Added.Select(adviser => new Override(null, Noon, Noon + Duration.FromDays(100), adviser, new OverrideEffect.Adds(), null));
        return new Rota(
            id, $"{id} rota", DateTimeZoneProviders.Tzdb["Europe/London"], 1, [new Layer("days", null, null, [], new DatedShifts(shifts.ToValueList()))], added.ToValueList());
    }

    private static NumberPattern Pattern(string text) =>
        NumberPattern.TryParse(text, out var pattern, out var problem) ? pattern : throw new FormatException(problem);
}
