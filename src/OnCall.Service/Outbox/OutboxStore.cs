using System.Text.Json;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using OnCall.Core.Escalation;
using OnCall.Service.Data;
using OnCall.Service.Escalation;

namespace OnCall.Service.Outbox;

/// <summary>An effect that this node has claimed.</summary>
/// <param name="Attempts">How often it was claimed, this time included.</param>
/// <param name="SentAt">When a request for it may have left already, without an answer that says what became of it; null = it never did.</param>
/// <param name="Waited">How long it was due before it was claimed.</param>
/// <param name="Version">The version of its enquiry as it was claimed; null = it belongs to none, or the claim took long.</param>
internal sealed record Claimed(long Id, Guid EnquiryId, Effect Effect, int Attempts, Instant? SentAt, bool Urgent, TimeSpan Waited, long? Version);

/// <summary>What was claimed of a lane.</summary>
/// <param name="Next">When the lane has something to do next; null = nothing is left in it.</param>
internal sealed record Claim(List<Claimed> Effects, Instant? Next);

/// <summary>Claims effects for this node, and gives them back or deletes them. A claim is a lease: it ends with its time, or with the node.</summary>
internal sealed partial class OutboxStore
{
    /// <summary>How long a claim holds.</summary>
    public static readonly Duration Lease = Duration.FromSeconds(60);

    /// <summary>What is done is deleted so often while there is much of it: nothing but a place in its lane waits for that.</summary>
    private static readonly TimeSpan DeleteEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>A claim that took longer, since it waited for another node's or for the disk, does not say how its enquiries stand: they may have changed meanwhile.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(50);

    /// <summary>How long an effect that this version cannot read is left to others.</summary>
    private static readonly Duration LeftToOthers = Duration.FromSeconds(30);

    // used_until is the moment up to which a lane's rate is used. What lies between it and now, one window at the most, is free;
    // it lies ahead of now where another node's clock is ahead of ours. Further ahead than two seconds (no claim uses more than its own now) that clock is wrong,
    // or was: it would stop the lane for as long as it ran ahead. The two seconds are written down, else they would begin anew with every claim.
    private const string ClaimSql = """
        WITH rate AS (SELECT lane, least(greatest(used_until, @now - @window), @now + interval '2 seconds') AS used FROM rates WHERE lane = @lane FOR UPDATE),
        picked AS (
          SELECT id FROM outbox WHERE lane = @lane AND owner IS NULL AND due_at <= @now
          ORDER BY ORDER_OF_LANE, id
          LIMIT least(@most, coalesce((SELECT greatest(0, floor(extract(epoch FROM @now - used) * @per_second + 0.000001))::bigint FROM rate), @most))
          FOR UPDATE SKIP LOCKED),
        used AS (
          UPDATE rates SET used_until = rate.used + (SELECT count(*) FROM picked) * interval '1 second' / @per_second
          FROM rate WHERE rates.lane = rate.lane AND (EXISTS (SELECT FROM picked) OR rates.used_until > rate.used)
          RETURNING used_until),
        claimed AS (
          UPDATE outbox SET owner = @node, lease_until = @lease, attempts = attempts + 1
          FROM picked WHERE outbox.id = picked.id
          RETURNING outbox.id, enquiry_id, effect, attempts, sent_at, urgent, least(now() - asked_at, @now - due_at) AS waited),
        next AS (
          SELECT greatest(min(due_at), coalesce((SELECT used_until FROM used), (SELECT used FROM rate)) + interval '1 second' / @per_second) AS at, count(*) AS left
          FROM outbox WHERE lane = @lane AND owner IS NULL AND id NOT IN (SELECT id FROM picked))
        SELECT claimed.id, enquiry_id, effect, attempts, sent_at, CASE WHEN next.left > 0 THEN next.at END, urgent, waited,
          (SELECT version FROM enquiries WHERE enquiries.id = claimed.enquiry_id) AS version
        FROM next LEFT JOIN claimed ON true ORDER BY urgent DESC, claimed.id
        """;

    private const string MostUrgentFirst = "urgent DESC";

    // An officer can wait for a receipt, and words for a second; who is paged is waited for. Only texts are sorted so: no index helps, and few of them wait at once.
    private const string PagesFirst = "(effect ->> 'is' = 'page-by-text') DESC, urgent DESC";

    // A node that is gone may have sent what it had claimed: whoever goes on must look first.
    private const string TakeBackSql = """
        UPDATE outbox SET owner = NULL, sent_at = coalesce(sent_at, lease_until - @lease), due_at = greatest(due_at, @due)
        WHERE owner IS NOT NULL AND (lease_until < @now OR (owner <> @node AND NOT EXISTS (
          SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = @lock::bigint::oid AND objid = outbox.owner::bigint::oid AND granted)))
        """;

    private readonly NpgsqlDataSource _source;
    private readonly Node _node;
    private readonly Work _work;
    private readonly ILogger<OutboxStore> _log;
    private readonly Together<long, long, bool> _deletes;

    public OutboxStore(NpgsqlDataSource source, Node node, Work work, ILogger<OutboxStore> log)
    {
        (_source, _node, _work, _log) = (source, node, work, log);
        _deletes = new(DeleteAllAsync, id => id, TimeProvider.System, rest: DeleteEvery);
    }

    /// <summary>Which of the account's rates an effect counts against.</summary>
    public static Lane LaneOf(Effect effect) => effect switch
    {
        Effect.PlaceCall or Effect.CallBack => Lane.Calls,
        Effect.SendText or Effect.PageByText or Effect.Relay => Lane.Texts,
        _ => Lane.Free,
    };

    /// <summary>The most urgent, then the oldest effects of a lane (of texts, pages before everything else), as many as its rate leaves free now.</summary>
    public async Task<Claim> ClaimAsync(Lane lane, double perSecond, int most, Instant now, CancellationToken stop)
    {
        await using var command = _source.CreateCommand(ClaimSql.Replace("ORDER_OF_LANE", lane == Lane.Texts ? PagesFirst : MostUrgentFirst, StringComparison.Ordinal));
        command.Parameters.Add(new("lane", (int)lane));
        command.Parameters.Add(new("per_second", perSecond));
        command.Parameters.Add(new("now", now));
        command.Parameters.Add(new("window", NpgsqlDbType.Interval) { Value = TimeSpan.FromSeconds(Math.Max(1, 1 / perSecond)) });
        command.Parameters.Add(new("most", (long)most));
        command.Parameters.Add(new("node", _node.Id));
        command.Parameters.Add(new("lease", now + Lease));
        var claim = new Claim([], null);
        var began = TimeProvider.System.GetTimestamp();
        var unreadable = new List<(long Id, Instant? SentAt)>();
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop))
            {
                claim = claim with { Next = Nullable(reader, 5) };
                if (reader.IsDBNull(0))
                {
                    break;
                }

                var (id, sentAt) = (reader.GetInt64(0), Nullable(reader, 4));
                try
                {
                    claim.Effects.Add(new Claimed(
                        id, reader.GetGuid(1), JsonSerializer.Deserialize<Effect>(reader.GetString(2), StoredJson.Options)!, reader.GetInt32(3), sentAt, reader.GetBoolean(6), reader.GetFieldValue<TimeSpan>(7),
                        reader.IsDBNull(8) || TimeProvider.System.GetElapsedTime(began) > FreshFor ? null : reader.GetInt64(8)));
                }
                catch (JsonException e)
                {
                    LogUnreadable(id, e);
                    unreadable.Add((id, sentAt));
                }
            }
        }

        foreach (var (id, sentAt) in unreadable)
        {
            await ReleaseAsync(id, now + LeftToOthers, sentAt, stop);
        }

        return claim;
    }

    private static Instant? Nullable(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<Instant>(column);

    /// <summary>Gives an effect back, to be done later.</summary>
    /// <param name="sentAt">When a request for it left that may have acted; null = none did.</param>
    public async Task ReleaseAsync(long id, Instant due, Instant? sentAt, CancellationToken stop)
    {
        await using var command = _source.CreateCommand(
            "UPDATE outbox SET owner = NULL, lease_until = NULL, due_at = @due, sent_at = @sent WHERE id = @id AND owner = @node");
        command.Parameters.Add(new("due", due));
        command.Parameters.Add(new("sent", NpgsqlDbType.TimestampTz) { Value = (object?)sentAt ?? DBNull.Value });
        command.Parameters.Add(new("id", id));
        command.Parameters.Add(new("node", _node.Id));
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Gives an effect back that was not tried: that counts as no attempt.</summary>
    public async Task PutOffAsync(Claimed claimed, Instant due)
    {
        await using var command = _source.CreateCommand(
            "UPDATE outbox SET owner = NULL, lease_until = NULL, due_at = @due, attempts = attempts - 1 WHERE id = @id AND owner = @node");
        command.Parameters.Add(new("due", due));
        command.Parameters.Add(new("id", claimed.Id));
        command.Parameters.Add(new("node", _node.Id));
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Adds texts that follow from no enquiry, and wakes whoever sends them.</summary>
    public async Task AddAsync(IReadOnlyList<Effect.SendText> texts, CancellationToken stop)
    {
        await using var command = _source.CreateCommand(
            "INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts) SELECT $1, $2, false, effect, 'epoch', 0 FROM unnest($3) AS effect");
        command.Parameters.Add(new() { Value = Guid.Empty });
        command.Parameters.Add(new() { Value = (int)Lane.Texts });
        command.Parameters.Add(new()
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
            Value = texts.Select(text => JsonSerializer.Serialize<Effect>(text, StoredJson.Options)).ToArray(),
        });
        await command.ExecuteNonQueryAsync(stop);
        _work.TellOf(Lane.Texts);
    }

    /// <summary>Adds an effect for an enquiry that no decision asks for, and wakes whoever does it.</summary>
    public async Task AddAsync(Guid enquiry, Effect effect)
    {
        await using var command = _source.CreateCommand("INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts) VALUES ($1, $2, false, $3, 'epoch', 0)");
        command.Parameters.Add(new() { Value = enquiry });
        command.Parameters.Add(new() { Value = (int)LaneOf(effect) });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = JsonSerializer.Serialize(effect, StoredJson.Options) });
        await command.ExecuteNonQueryAsync();
        _work.TellOf(LaneOf(effect));
    }

    public Task DeleteAsync(long id) => _deletes.AskAsync(id);

    /// <summary>Deletes an effect that nobody wants any more and for which nothing was sent, and has the lane look at once: the next one may have its place in the account's rate.</summary>
    public async Task DropAsync(Claimed claimed, double perSecond)
    {
        await using var command = _source.CreateCommand("""
            WITH dropped AS (DELETE FROM outbox WHERE id = @id AND owner = @node RETURNING lane)
            UPDATE rates SET used_until = used_until - interval '1 second' / @per_second FROM dropped WHERE rates.lane = dropped.lane
            """);
        command.Parameters.Add(new("id", claimed.Id));
        command.Parameters.Add(new("node", _node.Id));
        command.Parameters.Add(new("per_second", perSecond));
        await command.ExecuteNonQueryAsync();
        _work.Lane(LaneOf(claimed.Effect)).Set();
    }

    private async Task<IReadOnlyList<bool>> DeleteAllAsync(IReadOnlyList<long> ids)
    {
        // The array is selected: a plan for as many as there happen to be would be made anew each time.
        await using var command = _source.CreateCommand("DELETE FROM outbox USING unnest((SELECT $1)) AS done(id) WHERE outbox.id = done.id");
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await command.ExecuteNonQueryAsync();
        return [.. ids.Select(_ => true)];
    }

    /// <summary>Whether nodes live beside this one.</summary>
    public async Task<bool> OthersLiveAsync(CancellationToken stop)
    {
        await using var command = _source.CreateCommand(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1::bigint::oid AND objid <> $2::bigint::oid AND granted)");
        command.Parameters.Add(new() { Value = Node.LifeLock });
        command.Parameters.Add(new() { Value = _node.Id });
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>Takes back what nodes had claimed that are gone, or that have not come to an end in time.</summary>
    /// <returns>How many effects that were.</returns>
    public async Task<int> TakeBackAsync(Instant now, CancellationToken stop)
    {
        await using var command = _source.CreateCommand(TakeBackSql);
        command.Parameters.Add(new("now", now));
        command.Parameters.Add(new("due", now + Duration.FromMilliseconds(500)));
        command.Parameters.Add(new("lease", NpgsqlDbType.Interval) { Value = Lease.ToTimeSpan() });
        command.Parameters.Add(new("node", _node.Id));
        command.Parameters.Add(new("lock", Node.LifeLock));
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Gives back what this node owns in a lane and does not know of, since the answer to its claim was lost: that counts as no attempt.</summary>
    /// <param name="known">What it does know of.</param>
    /// <param name="now">What is claimed from then on is not given back, however late PostgreSQL comes to it.</param>
    public async Task TakeBackLostAsync(Lane lane, ICollection<long> known, Instant now, CancellationToken stop)
    {
        await using var command = _source.CreateCommand("""
            UPDATE outbox SET owner = NULL, lease_until = NULL, attempts = attempts - 1
            WHERE lane = @lane AND owner = @node AND id <> ALL(@known) AND lease_until < @lease
            """);
        command.Parameters.Add(new("lane", (int)lane));
        command.Parameters.Add(new("node", _node.Id));
        command.Parameters.Add(new("known", known.ToArray()));
        command.Parameters.Add(new("lease", now + Lease));
        await command.ExecuteNonQueryAsync(stop);
    }

    [LoggerMessage(EventId = 3031, Level = LogLevel.Error, Message = "Effect {Effect} is of a kind that this version does not know; it is left to a newer node, and the others go on")]
    private partial void LogUnreadable(long effect, Exception e);
}
