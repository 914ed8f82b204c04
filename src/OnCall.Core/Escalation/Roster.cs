using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

/// <summary>What the escalation asks of the book: who would be rung now, and what things are called.</summary>
/// <param name="book">The snapshot in force.</param>
/// <param name="busy">The ids of the advisers who ring for, hear the prompt of, or talk on another enquiry at this moment; null = not asked, nobody counts as busy.</param>
/// <param name="untextable">The numbers that take no texts at this moment; null = not asked, all do.</param>
public sealed class Roster(RotaBook book, IReadOnlySet<string>? busy = null, Untextable? untextable = null)
{
    /// <summary>Why one is rung to whom it was passed on.</summary>
    public const string PassedOn = "it was passed on to this adviser";

    private const string Named = "named in the policy";

    /// <summary>What stands in for a policy where the book names none: nobody to ring, and the chase by itself.</summary>
    private static readonly EscalationPolicy NoPolicy =
        new("none", [], 1, AfterRounds.Callback, [Duration.FromMinutes(2), Duration.FromMinutes(5), Duration.FromMinutes(10)]);

    public ValueList<string> Topics => book.Topics;

    public IEnumerable<string> DeskIds => book.Desks.Keys;

    /// <summary>The line of a number; a number that no line has is served by the first line, so that nobody is turned away.</summary>
    public Line? Line(PhoneNumber number) => book.LineOf(number.Value) ?? (book.Content.Lines.Count > 0 ? book.Content.Lines[0] : null);

    public Adviser? Adviser(string id) => book.Advisers.GetValueOrDefault(id);

    /// <summary>Whether another enquiry has the adviser's ear, or is to have it: one offer at a time, while there is anybody else.</summary>
    public bool IsBusy(Adviser adviser) => busy?.Contains(adviser.Id) == true;

    /// <summary>Why an adviser cannot be texted from a line's number at this moment, though taking texts; null = it can be tried.</summary>
    public string? WhyNoText(Adviser adviser, PhoneNumber from) => adviser.Sms is { } number ? untextable?.Why(number, from) : null;

    public bool HasDesk(string id) => book.Desks.ContainsKey(id);

    public string DeskName(string? desk, Language to = Language.English) => desk is null ? Phrases.NoDesk(to) : book.Desks.GetValueOrDefault(desk)?.Name ?? desk;

    /// <summary>In which language an enquiry's officer is spoken and written to.</summary>
    public Language LanguageOf(Enquiry enquiry) => book.LanguageOf(enquiry.Line, enquiry.From);

    /// <inheritdoc cref="RotaBook.LanguageOf"/>
    public Language LanguageOf(PhoneNumber line, PhoneNumber? other) => book.LanguageOf(line, other);

    /// <summary>The policy of the menu's key, of the desk, or of the line's default desk: the first that the book has.</summary>
    public EscalationPolicy Policy(Enquiry enquiry) =>
        PolicyById(enquiry.Policy) ?? PolicyOfDesk(enquiry.Desk) ?? PolicyOfDesk(Line(enquiry.Line)?.Default) ?? NoPolicy;

    public Candidate? Candidate(string adviser, string source) => Adviser(adviser) is { } known ? new Candidate(known, source) : null;

    /// <summary>
    /// Whom a step would ring at an instant: everybody on duty in its rotas, those it names, and the force's contact; each once, in that order.
    /// Those it names who are away are left out, unless nobody would be left.
    /// </summary>
    public IReadOnlyList<Candidate> Candidates(PolicyStep step, Enquiry enquiry, Instant at)
    {
        var all = step.Notify.SelectMany(target => Resolve(target, enquiry, at)).Where(candidate => !Asks(candidate.Adviser, enquiry)).ToList();
        var present = all.Where(candidate => candidate.Source != Named || !DutyTimeline.IsAway(book, candidate.Adviser.Id, at)).ToList();
        return [.. (present.Count > 0 ? present : all).DistinctBy(candidate => candidate.Adviser.Id)];
    }

    /// <summary>How the caller's number is spoken of without saying it.</summary>
    /// <param name="to">The record is English.</param>
    public string CallerSentence(PhoneNumber? from, Language to = Language.English) => Phrases.CallersNumber(to, from is null, book.Force(from?.Value)?.Name);

    /// <summary>Whether a number is asked for a key and a force before it may ring anybody.</summary>
    public bool IsBlocked(PhoneNumber? number, Instant at) => number is not null && book.Blocked.TryGetValue(number.Value, out var blocked) && blocked.Holds(at);

    /// <summary>What the officer may choose from; a caller in doubt has a key to press even where the line has no menu.</summary>
    public ValueList<MenuEntry> Menu(Enquiry enquiry)
    {
        var line = Line(enquiry.Line);
        return line is { Menu.Count: 0, Default: { } desk } && enquiry.Doubted ? [new MenuEntry("1", desk, DeskName(desk), Priority.Routine, null)] : line?.Menu ?? [];
    }

    /// <summary>The forces in the order in which they are read out: the first has the number 1.</summary>
    public ValueList<Force> Forces => book.Content.Forces;

    /// <summary>The force for which the caller's number is listed; else the one that a caller in doubt has named.</summary>
    public Force? ForceOf(Enquiry enquiry) => book.Force(enquiry.From?.Value) ?? Forces.FirstOrDefault(force => force.Id == enquiry.SaidForce);

    /// <summary>The caller's force, or the number itself where it is no force's.</summary>
    public string ForceOrNumber(PhoneNumber? from, Language to) => from is null ? CallerSentence(from, to) : book.Force(from.Value)?.Name ?? from.Value;

    /// <summary>Those who look after a desk: the coordinators who name it, and those who name none.</summary>
    public IReadOnlyList<Coordinator> Coordinators(string? desk) =>
        [.. book.Coordinators.Where(coordinator => coordinator.Desks.Count == 0 || (desk is not null && coordinator.Desks.Contains(desk)))];

    /// <summary>Whether a number is a switchboard's, behind which more than one officer calls.</summary>
    public bool IsShared(PhoneNumber? from) => from is not null && book.Content.Forces.Any(force => force.Shared.Contains(from));

    private IEnumerable<Candidate> Resolve(NotifyTarget? target, Enquiry enquiry, Instant at) => target switch
    {
        NotifyTarget.Rota rota when book.Rotas.TryGetValue(rota.Id, out var known) =>
            DutyTimeline.Who(book, known, at).Select(on => new Candidate(on.Adviser, $"rota {known.Name}, {on.Source}")),
        NotifyTarget.Adviser adviser when Candidate(adviser.Id, Named) is { } named => [named],
        NotifyTarget.ForceContact when ForceOf(enquiry)?.Contact is { } contact and not NotifyTarget.ForceContact =>
            Resolve(contact, enquiry, at),
        _ => [],
    };

    /// <summary>An adviser who needs advice is not asked for it.</summary>
    private static bool Asks(Adviser adviser, Enquiry enquiry) => enquiry.From is { } from && (adviser.Phone == from || adviser.Sms == from);

    private EscalationPolicy? PolicyById(string? id) => id is null ? null : book.Policies.GetValueOrDefault(id);

    private EscalationPolicy? PolicyOfDesk(string? id) => id is null ? null : PolicyById(book.Desks.GetValueOrDefault(id)?.Policy);
}
