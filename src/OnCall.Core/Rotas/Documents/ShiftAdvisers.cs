using OnCall.Core.People;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Finds the advisers whom lists of shifts mean, by mail address, id or name.</summary>
internal sealed class ShiftAdvisers(ValueList<Adviser> advisers)
{
    private readonly HashSet<string> _ids = [.. advisers.Select(adviser => adviser.Id)];
    private readonly ILookup<string, string> _byName = advisers.ToLookup(adviser => adviser.Name, adviser => adviser.Id);
    private readonly ILookup<string, string> _byMail =
        advisers.Where(adviser => adviser.Email is not null).ToLookup(adviser => adviser.Email!, adviser => adviser.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids that a shift means; none where it names nobody who is known, which is noted.</summary>
    public IEnumerable<string> Of(ShiftSpot spot)
    {
        var invited = spot.Shift.Mails.SelectMany(mail => ByMail(mail, spot)).Distinct().ToList();
        return invited.Count > 0 ? invited : Named(spot);
    }

    private List<string> ByMail(string mail, ShiftSpot spot)
    {
        var found = _byMail[mail].ToList();
        if (found.Count > 1)
        {
            spot.Fault($"{mail} is the address of {string.Join(" and ", found)}; give each adviser an address of their own.");
        }
        else if (found.Count == 0)
        {
            spot.Warn($"{mail} is no adviser's address; whoever it is is not put on duty.");
        }

        return found;
    }

    private List<string> Named(ShiftSpot spot)
    {
        var written = spot.Shift.Adviser;
        if (_ids.Contains(written))
        {
            return [written];
        }

        var found = _byName[written].ToList();
        if (found.Count != 1)
        {
            spot.Fault(found.Count > 1 ? $"adviser is \"{written}\", which is the name of {string.Join(" and ", found)}; write the id."
                : written.Length > 0 ? $"adviser is \"{written}\", which is neither the id nor the exact name of an adviser{Hint(written, spot)}"
                : spot.Shift.Mails.Count == 0 ? "adviser is missing; write the id, or the exact name."
                : "none of those invited is an adviser; write the adviser's id or exact name as the title, or give the adviser the mail address in the book.");
        }

        return found;
    }

    private string Hint(string written, ShiftSpot spot) => spot.Reading.Hint(written, [.. _ids, .. _byName.Select(name => name.Key)]);
}
