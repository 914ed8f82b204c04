using OnCall.Core.Escalation;

namespace OnCall.Service.Escalation;

/// <summary>Who is engaged by which enquiry, as it was read a moment ago and has been decided since.</summary>
internal sealed class Engaged
{
    private readonly Dictionary<string, HashSet<Guid>> _enquiries = [];

    /// <summary>An enquiry has, or is to have, the adviser's ear.</summary>
    public void Add(string adviser, Guid enquiry)
    {
        if (!_enquiries.TryGetValue(adviser, out var enquiries))
        {
            _enquiries.Add(adviser, enquiries = []);
        }

        enquiries.Add(enquiry);
    }

    /// <summary>What an enquiry is by a decision that is saved together with others.</summary>
    public void Becomes(Enquiry enquiry)
    {
        foreach (var enquiries in _enquiries.Values)
        {
            enquiries.Remove(enquiry.Id);
        }

        foreach (var adviser in enquiry.Engaged)
        {
            Add(adviser, enquiry.Id);
        }
    }

    /// <summary>The advisers whom an enquiry finds busy: those of all others.</summary>
    public IReadOnlySet<string> Without(Guid enquiry) =>
        _enquiries.Where(pair => pair.Value.Count > (pair.Value.Contains(enquiry) ? 1 : 0)).Select(pair => pair.Key).ToHashSet();
}
