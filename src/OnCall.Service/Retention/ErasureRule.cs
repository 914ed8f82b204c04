using NodaTime;

namespace OnCall.Service.Retention;

/// <summary>What is erased once it has been kept long enough.</summary>
/// <param name="What">The class of data, for the audit.</param>
/// <param name="Why">The rule, for the audit.</param>
/// <param name="Before">What is older is erased.</param>
/// <param name="Sql">
/// Parts of one statement, of which the last is named <c>erased</c> and has a row, with the column <c>enquiry</c> (null = none), for each thing that was erased.
/// $1 is <paramref name="Before"/>, $2 how many at most.
/// </param>
internal sealed record ErasureRule(string What, string Why, Instant Before, string Sql)
{
    /// <summary>Numbers are counted for an hour; this is enough for every clock.</summary>
    private static readonly Duration SendingsAreKept = Duration.FromDays(1);

    private static readonly Duration QuarantineIsRemembered = Duration.FromDays(30);

    // The words of a closed enquiry go by its end; all others, by their own age.
    private const string Words = """
        doomed AS (
          SELECT words.sid, enquiries.id AS enquiry FROM words
          LEFT JOIN legs ON legs.call_sid = words.sid LEFT JOIN enquiries ON enquiries.id = legs.enquiry_id
          WHERE words.body IS NOT NULL AND words.at < $1 AND (enquiries.state IS DISTINCT FROM 'closed' OR enquiries.ended_at < $1)
          ORDER BY words.at LIMIT $2 FOR UPDATE OF words SKIP LOCKED),
        erased AS (UPDATE words SET body = NULL FROM doomed WHERE words.sid = doomed.sid RETURNING doomed.enquiry)
        """;

    // A message that nobody has heard yet is kept: whoever takes the enquiry needs it.
    private const string Recordings = """
        doomed AS (
          SELECT recordings.sid, enquiries.id AS enquiry FROM recordings LEFT JOIN enquiries ON enquiries.id = recordings.enquiry_id
          WHERE recordings.sound IS NOT NULL AND recordings.kept_at < $1 AND (enquiries.id IS NULL
            OR (enquiries.state = 'closed' AND enquiries.ended_at < $1) OR (enquiries.state = 'accepted' AND enquiries.accepted_at < $1))
          ORDER BY recordings.kept_at LIMIT $2 FOR UPDATE OF recordings SKIP LOCKED),
        erased AS (UPDATE recordings SET sound = NULL FROM doomed WHERE recordings.sid = doomed.sid RETURNING doomed.enquiry)
        """;

    private const string Sendings = """
        doomed AS (SELECT id FROM sendings WHERE at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED),
        erased AS (DELETE FROM sendings USING doomed WHERE sendings.id = doomed.id RETURNING NULL::uuid AS enquiry)
        """;

    private const string Quarantined = """
        doomed AS (SELECT number, method, sender FROM quarantine WHERE until < $1 LIMIT $2 FOR UPDATE SKIP LOCKED),
        erased AS (DELETE FROM quarantine USING doomed WHERE (quarantine.number, quarantine.method, quarantine.sender) = (doomed.number, doomed.method, doomed.sender) RETURNING NULL::uuid AS enquiry)
        """;

    public static IReadOnlyList<ErasureRule> At(Instant now, KeepingTime kept) =>
    [
        new("words of texts", $"OnCall:KeepWords {kept}", kept.Before(now), Words),
        new("recorded messages", $"OnCall:KeepWords {kept}", kept.Before(now), Recordings),
        new("numbers that were called or texted, as the gate counts them", "a day", now - SendingsAreKept, Sendings),
        new("numbers that were left alone, since that ended", "thirty days", now - QuarantineIsRemembered, Quarantined),
    ];
}
