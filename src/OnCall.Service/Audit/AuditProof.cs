using System.Globalization;

namespace OnCall.Service.Audit;

/// <summary>What a walk along the chain has shown.</summary>
/// <param name="Entries">How many entries fit.</param>
/// <param name="Erased">Of how many of them before and after were erased.</param>
/// <param name="Fault">The first entry that does not fit, in a sentence; null = all do.</param>
internal sealed record AuditProof(long Entries, long Erased, string? Fault)
{
    /// <param name="head">What was exported earlier; null = the chain has only itself to agree with.</param>
    public static async Task<AuditProof> OfAsync(AuditChain chain, AuditHead? head, CancellationToken stop)
    {
        var (previous, count, erased) = (AuditDigest.Start, 0L, 0L);
        await foreach (var (link, entry) in chain.LinksAsync(stop))
        {
            if (FaultOf(link, entry, previous, count + 1, head) is { } fault)
            {
                return new AuditProof(count, erased, fault);
            }

            (previous, count, erased) = (link.Digest, count + 1, erased + (entry!.Salt is null ? 1 : 0));
        }

        return new AuditProof(count, erased, count < head?.Sequence
            ? Told($"The chain ends at entry {count}, but the exported head is of entry {head.Sequence}: what followed was taken away.")
            : null);
    }

    private static string? FaultOf(AuditSealRow link, AuditRow? entry, byte[] previous, long place, AuditHead? head)
    {
        if (link.Sequence != place)
        {
            return Told($"Entry {place} was taken out of the chain: the next one there is {link.Sequence}.");
        }

        if (entry is null)
        {
            return Told($"Entry {place} (id {link.AuditId}) is gone.");
        }

        var content = AuditDigest.Content(entry);
        var isWhole = content is null ? entry is { Before: null, After: null } : content.AsSpan().SequenceEqual(link.Content);
        if (!isWhole || !AuditDigest.Link(previous, place, entry, link.Content).AsSpan().SequenceEqual(link.Digest))
        {
            return Told($"Entry {place} (id {entry.Id}, {entry.Kind}) is not what was sealed.");
        }

        return place == head?.Sequence && Convert.ToHexStringLower(link.Digest) != head.Digest
            ? Told($"Entry {place} (id {entry.Id}, {entry.Kind}) does not fit the exported head: the chain was written anew up to there.")
            : null;
    }

    private static string Told(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
