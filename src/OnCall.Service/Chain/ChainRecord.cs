using OnCall.Core.Escalation;
using OnCall.Service.Calls;
using OnCall.Service.Data;
using OnCall.Service.Escalation;

namespace OnCall.Service.Chain;

/// <summary>Tells the record what happened on the chain: at once, while the database answers; else by the journal. Told twice, nothing happens twice.</summary>
internal sealed class ChainRecord(Enquiries enquiries, Recordings recordings, DatabaseLink link, Journal journal)
{
    /// <summary>Tells facts of a call.</summary>
    /// <returns>The enquiry as it is afterwards; null = the database is away, or nobody has told of the call yet that is over, and the journal has them.</returns>
    public async Task<Enquiry?> TellAsync(JournalEntry entry)
    {
        if (await AskAsync(() => WriteAsync(entry)) is { } enquiry)
        {
            return enquiry;
        }

        journal.Append(entry);
        return null;
    }

    /// <summary>The enquiry of a call on the chain, which is opened if it has none; null = the database is away.</summary>
    public Task<Enquiry?> FindAsync(JournalEntry entry) => AskAsync(() => WriteAsync(entry with { Facts = [] }));

    /// <summary>The advisers who are engaged by other enquiries than this one; null = the database does not say.</summary>
    public Task<IReadOnlySet<string>?> BusyElsewhereAsync(Guid enquiry) => AskAsync<IReadOnlySet<string>>(async () => await enquiries.BusyElsewhereAsync(enquiry));

    /// <summary>Asks the database where it is there. Whatever fails: the caller goes on without its answer, and what happened is not lost.</summary>
    private async Task<T?> AskAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return link.IsAway ? null : await link.AskAsync(ask);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Writes an entry into the record.</summary>
    /// <returns>Null = it tells that a call is over of which nobody has told yet.</returns>
    public async Task<Enquiry?> WriteAsync(JournalEntry entry)
    {
        if (entry.State is not { } state)
        {
            return await WriteCallOverAsync(entry.CallOver!);
        }

        var enquiry = await OpenAsync(state);
        foreach (var fact in entry.Facts)
        {
            enquiry = await enquiries.HappenedAsync(enquiry.Id, new EnquiryEvent.Chained(state, fact, entry.At)) ?? enquiry;
            if (fact is ChainFact.MessageLeft message && enquiry.Recording != message.RecordingSid)
            {
                await recordings.KeepAnotherAsync(enquiry, message.RecordingSid, message.Length);
            }
        }

        return enquiry;
    }

    private async Task<Enquiry> OpenAsync(ChainState state) =>
        (await enquiries.FindAsync(state.Enquiry) ?? await enquiries.FindByCallAsync(state.OfficerCall, CancellationToken.None))?.Enquiry
        ?? await enquiries.OpenFromChainAsync(state);

    private async Task<Enquiry?> WriteCallOverAsync(string callSid) =>
        await enquiries.FindByCallAsync(callSid, CancellationToken.None) is { } found
            ? await enquiries.HappenedAsync(found.Enquiry.Id, new EnquiryEvent.OfficerHungUp(callSid))
            : null;
}
