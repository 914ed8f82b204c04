using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Turns documents, and what is stored, into a book, or says everything that is wrong with them.</summary>
public static class RotaCheck
{
    /// <summary>The path of what concerns the document as a whole.</summary>
    public const string Document = "document";

    /// <summary>Checks documents as one: they may refer to each other, and what a name stands for is said in one of them only.</summary>
    /// <param name="stored">What was published before.</param>
    /// <param name="prune">What the documents do not have is not kept, and they may refer to nothing but what they have.</param>
    public static RotaCheckResult Check(IReadOnlyList<Draft> drafts, BookContent stored, bool prune) => Check(drafts, stored, prune, passedOver: null);

    /// <summary>Checks a whole document that was published, perhaps by a newer version: keys that are not known here are passed over.</summary>
    public static RotaCheckResult CheckStored(Draft draft)
    {
        var passedOver = new List<string>();
        return Check([draft], BookContent.Empty, prune: true, passedOver) with { PassedOver = passedOver.ToValueList() };
    }

    private static RotaCheckResult Check(IReadOnlyList<Draft> drafts, BookContent stored, bool prune, List<string>? passedOver)
    {
        var kept = prune ? BookContent.Empty : stored;
        var reading = new Reading(null, KnownIds.Of(drafts, kept), kept.Zone, [], []) { PassedOver = passedOver };
        var (content, written) = (kept, BookContent.Empty);
        var zone = drafts.Select(NamedZone).FirstOrDefault(named => named is not null) ?? kept.Zone;
        foreach (var draft in drafts)
        {
            reading.Problems.AddRange(draft.Problems);
            reading.Warnings.AddRange(draft.Warnings);
            if (Root(draft, reading) is { } root)
            {
                var said = Read(root, zone, reading, draft.Source);
                (content, written) = (BookMerge.Over(content, said), BookMerge.Over(written, said));
            }
        }

        BookMerge.RefuseClashes(content, stored, reading);
        var problems = InOrder(reading.Problems, drafts);
        return new RotaCheckResult(
            problems.Count == 0 ? content : null, problems, InOrder(reading.Warnings, drafts), BookChanges.Missing(kept, written));
    }

    /// <summary>The zone that a document names; null = none, or none that there is.</summary>
    private static DateTimeZone? NamedZone(Draft draft) =>
        (draft.Root as DraftNode.Map)?.Entries.FirstOrDefault(entry => entry.Key == "timeZone")?.Value is DraftNode.Scalar { IsNull: false } named
            ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(named.Text)
            : null;

    private static SpotMap? Root(Draft draft, Reading all)
    {
        var reading = all.For(draft.Source, zone: null);
        if (draft.SecondDocumentLine is { } line)
        {
            reading.Fault(Document, line, "a second document begins here; put everything into one, or into files of their own.");
        }

        if (draft.Root is DraftNode.Map map)
        {
            return new SpotMap(map, "", reading);
        }

        if (draft.Root is not DraftNode.Scalar { IsNull: true })
        {
            reading.Fault(Document, draft.Root.Line, "the document must be a map of sections: advisers, desks, rotas, …");
        }

        return null;
    }

    /// <param name="others">The zone of the other documents, or of what is stored; null = there is none.</param>
    internal static BookMerge.Said Read(SpotMap root, DateTimeZone? others, Reading all, string? source)
    {
        var named = root.Optional("timeZone", "the zone of every wall-clock time, unless a rota names its own");
        var zone = RotaReader.Zone(named);

        // One that is not known is said once, and not once more of each time.
        var reading = all.For(source, zone ?? others ?? (named is null ? null : DateTimeZone.Utc));

        ValueList<T> Section<T>(string key, string what, Func<Spot, T?> read)
            where T : class => root.Items(key, what, mayBeEmpty: true).Select(item => read(item with { Reading = reading })).OfType<T>().ToValueList();

        var rotas = root.Items("rotas", "who is on duty, over time", mayBeEmpty: true).Select(item => RotaReader.Rota(item with { Reading = reading }))
            .OfType<(Rota Rota, bool SaysOverrides)>().ToList();
        var content = new BookContent
        {
            Zone = zone,
            Advisers = Section("advisers", "the experts who take calls and texts", PeopleReader.Adviser),
            Coordinators = Section("coordinators", "who edits rotas, and is told of gaps, sickness and alarms", PeopleReader.Coordinator),
            Desks = Section("desks", "teams of experts with one subject", LineReader.Desk),
            Rotas = rotas.Select(read => read.Rota).ToValueList(),
            Absences = Section("absences", "who is off every rota, and when", PeopleReader.Absence),
            Policies = Section("policies", "who is tried, in which order, for how long", PolicyReader.Policy),
            Lines = Section("lines", "the numbers that officers call or text", LineReader.Line),
            Forces = Section("forces", "how a caller's number is told apart, and who the regional contact is", LineReader.Force),
            Topics = Section("topics", "what an enquiry can be filed as when it is closed", topic => topic.Id()),
            Blocked = Section("blocked", "numbers that are asked for a key and a force before they may ring anybody", PeopleReader.Blocked),
        };
        root.RefuseOthers();
        return new BookMerge.Said(content, rotas.Where(read => read.SaysOverrides).Select(read => read.Rota.Id).ToHashSet());
    }

    private static ValueList<DraftProblem> InOrder(IEnumerable<DraftProblem> problems, IReadOnlyList<Draft> drafts) => problems
        .OrderBy(problem => drafts.TakeWhile(draft => draft.Source != problem.Source).Count())
        .ThenBy(problem => problem.Line)
        .ToValueList();
}
