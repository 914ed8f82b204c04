using System.Globalization;
using NodaTime;
using OnCall.Core.People;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Writes a book as a document: reading it alone gives the same book.</summary>
public static class RotaWriter
{
    /// <summary>The whole document. Sections with nothing in them are left out.</summary>
    public static DraftNode.Map Write(BookContent content) => Map(
        ("timeZone", Text(content.Zone?.Id)),
        ("advisers", List(content.Advisers, adviser => Write(adviser, content.Zone))),
        ("coordinators", List(content.Coordinators, Write)),
        ("desks", List(content.Desks, Write)),
        ("rotas", List(content.Rotas, Write)),
        ("absences", List(content.Absences, absence => Write(absence, content.Zone))),
        ("policies", List(content.Policies, Write)),
        ("lines", List(content.Lines, Write)),
        ("forces", List(content.Forces, Write)),
        ("topics", Texts(content.Topics)),
        ("blocked", List(content.Blocked, blocked => Write(blocked, content.Zone))));

    public static DraftNode.Map Write(Adviser adviser, DateTimeZone? zone) => Map(
        ("id", Text(adviser.Id)),
        ("name", Text(adviser.Name)),
        ("phone", Text(adviser.Phone.Value)),
        ("sms", adviser.Sms is null ? Bare("null") : adviser.Sms == adviser.Phone ? null : Text(adviser.Sms.Value)),
        ("email", Text(adviser.Email)),
        ("languages", Texts(adviser.Languages)),
        ("from", Time(adviser.From, zone)),
        ("until", Time(adviser.Until, zone)));

    public static DraftNode.Map Write(Coordinator coordinator) => Map(
        ("id", Text(coordinator.Id)),
        ("name", Text(coordinator.Name)),
        ("phone", Text(coordinator.Phone.Value)),
        ("email", Text(coordinator.Email)),
        ("desks", Texts(coordinator.Desks)));

    public static DraftNode.Map Write(Desk desk) => Map(("id", Text(desk.Id)), ("name", Text(desk.Name)), ("policy", Text(desk.Policy)));

    public static DraftNode.Map Write(Rota rota) => Map(
        ("id", Text(rota.Id)),
        ("name", Text(rota.Name)),
        ("timeZone", Text(rota.Zone.Id)),
        ("cover", rota.Cover == 1 ? null : Bare(rota.Cover)),
        ("layers", List(rota.Layers, layer => LayerWriter.Write(layer, rota.Zone))),
        ("overrides", List(rota.Overrides, change => Write(change, rota.Zone))));

    public static DraftNode.Map Write(Override change, DateTimeZone zone) => Map(
        ("id", Text(change.Id)),
        ("start", Text(WrittenTime.Write(change.Start, change.End, zone).Start)),
        ("end", Text(WrittenTime.Write(change.Start, change.End, zone).End)),
        ("adviser", Text(change.Adviser)),
        ("replaces", change.Effect switch
        {
            OverrideEffect.InPlaceOf of => Text(of.Adviser),
            OverrideEffect.Alone => Text(RotaReader.Everyone),
            _ => null,
        }),
        ("adds", change.Effect is OverrideEffect.Adds ? Bare("true") : null),
        ("reason", Text(change.Reason)));

    public static DraftNode.Map Write(Absence absence, DateTimeZone? zone) => Map(
        ("id", Text(absence.Id)),
        ("adviser", Text(absence.Adviser)),
        ("start", Text(WrittenTime.Write(absence.Start, absence.End ?? Instant.MaxValue, zone).Start)),
        ("end", absence.End is { } end ? Text(WrittenTime.Write(absence.Start, end, zone).End) : null),
        ("reason", Text(absence.Reason)));

    public static DraftNode.Map Write(EscalationPolicy policy) => Map(
        ("id", Text(policy.Id)),
        ("steps", List(policy.Steps, step => Map(
            ("notify", Texts(step.Notify.Select(PolicyReader.Write))),
            ("ring", Text(WrittenTime.Write(step.Ring))),
            ("wait", Text(WrittenTime.Write(step.Wait)))))),
        ("rounds", Bare(policy.Rounds)),
        ("then", Text(policy.Then == AfterRounds.Voicemail ? "voicemail" : "callback")),
        ("chase", Texts(policy.Chase.Select(WrittenTime.Write))));

    public static DraftNode.Map Write(Line line) => Map(
        ("number", Text(line.Number.Value)),
        ("sms", Text(line.Sms?.Value)),
        ("name", Text(line.Name)),
        ("language", line.Language == Language.English ? null : Text(Code(line.Language))),
        ("greeting", Text(line.Greeting)),
        ("menu", List(line.Menu, entry => Map(
            ("key", Text(entry.Key)),
            ("desk", Text(entry.Desk)),
            ("say", Text(entry.Say)),
            ("priority", entry.Priority == Priority.Urgent ? Text("urgent") : null),
            ("policy", Text(entry.Policy))))),
        ("default", Text(line.Default)));

    public static DraftNode.Map Write(Force force) => Map(
        ("id", Text(force.Id)),
        ("name", Text(force.Name)),
        ("nation", Text(force.Nation)),
        ("region", Text(force.Region)),
        ("numbers", Texts(force.Numbers.Select(number => number.ToString()))),
        ("contact", force.Contact is null ? null : Text(PolicyReader.Write(force.Contact))),
        ("shared", Texts(force.Shared.Select(number => number.Value))),
        ("language", force.Language is { } language ? Text(Code(language)) : null));

    public static DraftNode.Map Write(Blocked blocked, DateTimeZone? zone) => Map(
        ("number", Text(blocked.Number.Value)), ("until", Time(blocked.Until, zone)), ("reason", Text(blocked.Reason)));

    internal static DraftNode.Map Map(params (string Key, DraftNode? Value)[] entries) =>
        new([.. entries.Where(entry => entry.Value is not null).Select(entry => new DraftEntry(entry.Key, entry.Value!, 0))], 0);

    /// <summary>A list; nothing where it is empty.</summary>
    internal static DraftNode.List? List<T>(IReadOnlyCollection<T> items, Func<T, DraftNode> write) =>
        items.Count == 0 ? null : new DraftNode.List([.. items.Select(write)], 0);

    internal static DraftNode.List? Texts(IEnumerable<string> texts) => List(texts.ToList(), text => Text(text)!);

    internal static DraftNode.Scalar? Text(string? text) => text is null ? null : new DraftNode.Scalar(text, IsQuoted: true, 0);

    internal static DraftNode.Scalar Bare(int number) => Bare(number.ToString(CultureInfo.InvariantCulture));

    internal static DraftNode.Scalar? Time(Instant? instant, DateTimeZone? zone) => instant is { } known ? Text(WrittenTime.Write(known, zone)) : null;

    private static string Code(Language language) => language == Language.Welsh ? "cy" : "en";

    private static DraftNode.Scalar Bare(string literal) => new(literal, IsQuoted: false, 0);
}
