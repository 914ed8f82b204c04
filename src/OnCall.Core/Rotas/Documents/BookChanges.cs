using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>A thing of a book by name.</summary>
/// <param name="Kind">adviser, coordinator, desk, rota, absence, policy, line, force, blocked, topics, timeZone.</param>
/// <param name="Id">Its id or number; of an absence without one, the adviser, the start and the end.</param>
public sealed record BookItem(string Kind, string Id);

/// <summary>What became of a thing.</summary>
public enum ChangeAction
{
    Added,
    Changed,
    Removed,
}

/// <summary>One difference between two books.</summary>
/// <param name="Diff">Lines for people, in the words of the rota document.</param>
public sealed record BookChange(BookItem Item, ChangeAction Action, ValueList<string> Diff);

/// <summary>Compares books.</summary>
public static class BookChanges
{
    /// <summary>What makes one book the other, by kind; empty where they mean the same.</summary>
    public static ValueList<BookChange> Between(BookContent before, BookContent after)
    {
        var old = Items(before);
        var changes = new List<BookChange>();
        var now = Items(after);
        foreach (var (item, node) in now)
        {
            var diff = NodeDiff.Between(old.GetValueOrDefault(item), node);
            if (diff.Count > 0)
            {
                changes.Add(new BookChange(item, old.ContainsKey(item) ? ChangeAction.Changed : ChangeAction.Added, diff));
            }
        }

        foreach (var (item, node) in old.Where(pair => !now.ContainsKey(pair.Key)))
        {
            changes.Add(new BookChange(item, ChangeAction.Removed, NodeDiff.Between(node, null)));
        }

        return changes.ToValueList();
    }

    /// <summary>What stands in one book and not in the other.</summary>
    public static ValueList<BookItem> Missing(BookContent from, BookContent other)
    {
        var there = Items(other);
        return Items(from).Keys.Where(item => !there.ContainsKey(item)).ToValueList();
    }

    /// <summary>What names an absence in <see cref="BookItem"/>.</summary>
    public static string IdOf(Absence absence, DateTimeZone? zone) => absence.Id ?? Name(absence, zone);

    /// <summary>Every thing as its document form: two that are written alike mean the same.</summary>
    public static OrderedDictionary<BookItem, DraftNode> Items(BookContent content)
    {
        var items = new OrderedDictionary<BookItem, DraftNode>();
        void Add<T>(string kind, IEnumerable<T> things, Func<T, string> id, Func<T, DraftNode> write)
        {
            foreach (var thing in things)
            {
                items[new BookItem(kind, id(thing))] = write(thing);
            }
        }

        Add("timeZone", new[] { content.Zone }.OfType<DateTimeZone>(), _ => "timeZone", zone => RotaWriter.Text(zone.Id)!);
        Add("adviser", content.Advisers, adviser => adviser.Id, adviser => RotaWriter.Write(adviser, content.Zone));
        Add("coordinator", content.Coordinators, coordinator => coordinator.Id, RotaWriter.Write);
        Add("desk", content.Desks, desk => desk.Id, RotaWriter.Write);
        Add("rota", content.Rotas, rota => rota.Id, RotaWriter.Write);
        Add(
            "absence",
            content.Absences,
            absence => IdOf(absence, content.Zone),
            absence => RotaWriter.Write(absence, content.Zone));
        Add("policy", content.Policies, policy => policy.Id, RotaWriter.Write);
        Add("line", content.Lines, line => line.Number.Value, RotaWriter.Write);
        Add("force", content.Forces, force => force.Id, RotaWriter.Write);
        Add("topics", new[] { content.Topics }.Where(topics => topics.Count > 0), _ => "topics", topics => RotaWriter.Texts(topics)!);
        Add("blocked", content.Blocked, blocked => blocked.Number.Value, blocked => RotaWriter.Write(blocked, content.Zone));
        return items;
    }

    private static string Name(Absence absence, DateTimeZone? zone)
    {
        var (start, end) = WrittenTime.Write(absence.Start, absence.End ?? Instant.MaxValue, zone);
        return end.Length == 0 ? $"{absence.Adviser} from {start}" : $"{absence.Adviser} from {start} to {end}";
    }
}
