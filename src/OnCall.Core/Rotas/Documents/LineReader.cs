using OnCall.Core.People;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Reads desks, lines and forces.</summary>
internal static class LineReader
{
    public static Desk? Desk(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var id = PeopleReader.Id(map, "desk", spot.Reading);
        var name = map.Optional("name", "what people call it; the id if left out")?.Text() ?? id;
        var policy = map.Required("policy", "the id of its escalation policy")?.Reference("policy", spot.Reading.Known.Policies);
        map.RefuseOthers();
        return id is null || name is null || policy is null ? null : new Desk(id, name, policy);
    }

    public static Line? Line(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var called = map.Required("number", "the number that is called, like \"+442079460101\"");
        var number = called?.Number();
        var isFree = number is not null && spot.Reading.Take("line", number.Value, called!);
        var sms = map.Optional("sms", "the number that texts use, where number cannot text");
        var textNumber = sms?.Number();
        if (textNumber is not null || isFree)
        {
            spot.Reading.Take("line's number for texts", (textNumber ?? number)!.Value, textNumber is null ? called! : sms!);
        }

        var name = map.Required("name", "what the line is called")?.Text();
        var greeting = map.Required("greeting", "what callers hear first")?.Text();
        var menu = map.Items("menu", "the keys that callers may press; a line with one desk has none").Select(entry => Entry(entry, $"key of the line {number}", spot.Path)).OfType<MenuEntry>().ToValueList();
        var desk = map.Required("default", "the desk of those who press no key")?.Reference("desk", spot.Reading.Known.Desks);
        var language = Language(map.Optional("language", "in which the line greets, and speaks and writes to officers; en if left out")) ?? People.Language.English;
        map.RefuseOthers();
        if ((textNumber ?? number) is { CanBeTexted: false } mute)
        {
            spot.Warn($"{mute} is no mobile number, so texts from and to the line may not arrive; give the line an sms number.");
        }

        return number is null || name is null || greeting is null || desk is null
            ? null
            : new Line(number, textNumber, name, greeting, menu, desk, language);
    }

    public static Force? Force(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var id = PeopleReader.Id(map, "force", spot.Reading);
        var name = map.Optional("name", "what people call it; the id if left out")?.Text() ?? id;
        var nation = map.Optional("nation", "england, wales, …")?.Text();
        var region = map.Optional("region", "for the reports")?.Text();
        var numbers = map.Items("numbers", "the numbers by which it calls; * at the end stands for any digits").Select(Pattern).OfType<NumberPattern>().ToValueList();
        var contact = map.Optional("contact", "its regional contact: rota:ID or adviser:ID") is { } target ? PolicyReader.Target(target, mayBeForceContact: false) : null;
        var shared = map.Items("shared", "switchboards, behind which there are many people").Select(number => number.Number()).OfType<PhoneNumber>().ToValueList();
        var language = Language(map.Optional("language", "in which its officers are spoken and written to; the line's if left out"));
        map.RefuseOthers();
        return id is null || name is null ? null : new Force(id, name, nation, region, numbers, contact, shared, language);
    }

    private static Language? Language(Spot? spot) => spot?.OneOf("en", "cy") switch
    {
        "en" => People.Language.English,
        "cy" => People.Language.Welsh,
        _ => null,
    };

    private static MenuEntry? Entry(Spot spot, string kind, string within)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var key = Key(map.Required("key", "one digit"), kind, spot.Reading, within);
        var desk = map.Required("desk", "the desk to which the key leads")?.Reference("desk", spot.Reading.Known.Desks);
        var say = map.Required("say", "what is said of the key")?.Text();
        var priority = map.Optional("priority", "routine if left out")?.OneOf("routine", "urgent");
        var policy = map.Optional("policy", "instead of the desk's")?.Reference("policy", spot.Reading.Known.Policies);
        map.RefuseOthers();
        return key is null || desk is null || say is null
            ? null
            : new MenuEntry(key, desk, say, priority == "urgent" ? Priority.Urgent : Priority.Routine, policy);
    }

    private static string? Key(Spot? spot, string kind, Reading reading, string within)
    {
        if (spot?.Text(TextForm.Digit) is not { } key)
        {
            return null;
        }

        if (key is not [>= '0' and <= '9'])
        {
            spot.Fault($"is \"{key}\"; a key of the menu is one digit.");
            return null;
        }

        reading.Take(kind, key, spot, within);
        return key;
    }

    private static NumberPattern? Pattern(Spot spot)
    {
        if (spot.Text(TextForm.NumberPattern) is not { } text)
        {
            return null;
        }

        if (!NumberPattern.TryParse(text, out var pattern, out var problem))
        {
            spot.Fault($"{problem}; \"{text}\" is not.");
            return null;
        }

        spot.Reading.Take("force's number", pattern.ToString(), spot);
        return pattern;
    }
}
