using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Reads advisers, coordinators, absences and blocked numbers.</summary>
internal static class PeopleReader
{
    public static Adviser? Adviser(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var id = AdviserId(map, spot.Reading);
        var name = map.Required("name", "the adviser's name")?.Text();
        var phone = map.Required("phone", "the number for calls, like \"+447700900101\"")?.Number();
        var sms = map.Optional("sms", "the number for texts; the phone if left out; null = this adviser takes no texts")?.Number() ?? (map.Has("sms") ? null : phone);
        var email = Email(map);
        var languages = map.Items("languages", "languages that the adviser speaks, two letters each").Select(Language).OfType<string>().ToValueList();
        var from = map.Optional("from", "before it the adviser counts as absent")?.Instant(spot.Reading.Zone);
        var until = map.Optional("until", "from then on the adviser counts as absent");
        var end = until?.Instant(spot.Reading.Zone);
        map.RefuseOthers();
        if (end <= from)
        {
            until!.Fault("must be after from.");
        }

        if (sms is { CanBeTexted: false })
        {
            spot.Warn($"{sms} is no mobile number, so texts to it may not arrive; give the adviser an sms number, or write sms: null.");
        }

        return id is null || name is null || phone is null
            ? null
            : new Adviser(id, name, phone, sms, email, languages, from, end);
    }

    public static Coordinator? Coordinator(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var id = Id(map, "coordinator", spot.Reading);
        var name = map.Required("name", "the coordinator's name")?.Text();
        var phone = map.Required("phone", "the coordinator's number, like \"+447700900150\"")?.Number();
        var email = Email(map);
        var desks = map.Items("desks", "the desks that concern this coordinator; all if left out").Select(desk => desk.Reference("desk", spot.Reading.Known.Desks)).OfType<string>().ToValueList();
        map.RefuseOthers();
        if (phone is { CanBeTexted: false })
        {
            spot.Warn($"{phone} is no mobile number, so the texts that tell a coordinator of gaps and alarms may not arrive; give the coordinator a mobile number.");
        }

        return id is null || name is null || phone is null ? null : new Coordinator(id, name, phone, email, desks);
    }

    public static Absence? Absence(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var id = OptionalId(map, "absence", spot.Reading);
        var adviser = map.Required("adviser", "who is away")?.Reference("adviser", spot.Reading.Known.Advisers);
        var (start, end) = Away(map, spot.Reading.Zone);
        var reason = map.Optional("reason", "leave, sickness, …")?.Text();
        map.RefuseOthers();
        return adviser is null || start is null ? null : new Absence(id, adviser, start.Value, end, reason);
    }

    private static (Instant? Start, Instant? End) Away(SpotMap map, DateTimeZone? zone)
    {
        var through = map.Optional("through", "the last day away");
        var lastDay = LastDay(through, zone);
        if (map.Optional("end", "the moment of being back, instead of through; without either it is open") is not null)
        {
            through?.Fault("and end cannot both be given; through is the last day away, end is the moment of being back.");
            return RotaReader.Stretch(map, zone) is { } stretch ? (stretch.Start, stretch.End) : default;
        }

        var start = map.Required("start", "from when, like 2026-08-01")?.Instant(zone);
        if (lastDay <= start)
        {
            through!.Fault("must not be before start.");
        }

        return (start, lastDay);
    }

    public static Blocked? Blocked(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var number = map.Required("number", "the number, like \"+447700900666\"");
        var blocked = number?.Number();
        var until = map.Optional("until", "from then on it is blocked no more")?.Instant(spot.Reading.Zone);
        var reason = map.Optional("reason", "why")?.Text();
        map.RefuseOthers();
        if (blocked is null)
        {
            return null;
        }

        spot.Reading.Take("blocked number", blocked.Value, number!);
        return new Blocked(blocked, until, reason);
    }

    /// <summary>An id that must be there and be the only one of its kind.</summary>
    public static string? Id(SpotMap map, string kind, Reading reading) => Taken(map.Required("id", $"the {kind}'s id"), kind, reading);

    /// <summary>An id that may be left out.</summary>
    public static string? OptionalId(SpotMap map, string kind, Reading reading, string? within = null) =>
        Taken(map.Optional("id", "by which it can be removed or replaced by itself; one may be given if left out"), kind, reading, within);

    private static string? Taken(Spot? spot, string kind, Reading reading, string? within = null)
    {
        var id = spot?.Id();
        if (id is not null)
        {
            reading.Take(kind, id, spot!, within);
        }

        return id;
    }

    private static string? AdviserId(SpotMap map, Reading reading)
    {
        var id = Id(map, "adviser", reading);
        if (id == RotaReader.Everyone)
        {
            map.Optional("id")!.Fault($"is \"{id}\", which in an override means all who are on duty; choose another one.");
        }

        return id;
    }

    private static string? Email(SpotMap map)
    {
        var spot = map.Optional("email", "for messages that are no emergency");
        var email = spot?.Text(TextForm.Email);
        if (email is not null && email.IndexOf('@') is var at && (at <= 0 || at == email.Length - 1 || email.Contains(' ')))
        {
            spot!.Fault($"is \"{email}\"; write an address like a.khan@example.org.");
        }

        return email;
    }

    private static string? Language(Spot spot)
    {
        var code = spot.Text(TextForm.Language);
        if (code is { Length: not 2 } || code?.All(char.IsAsciiLetterLower) == false)
        {
            spot.Fault($"is \"{code}\"; write the two letters of a language, like en or cy.");
        }

        return code;
    }

    private static Instant? LastDay(Spot? through, DateTimeZone? zone)
    {
        if (through?.Date() is not { } day)
        {
            return null;
        }

        // The sentence for a missing zone is that of any wall-clock time.
        return zone is null ? through.Instant(zone) : LocalTimes.StartOfDay(day.PlusDays(1), zone);
    }
}
