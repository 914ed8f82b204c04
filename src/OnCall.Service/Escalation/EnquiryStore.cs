using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using NodaTime;
using Npgsql;
using OnCall.Core.Escalation;
using OnCall.Service.Data;

namespace OnCall.Service.Escalation;

/// <summary>
/// Reads enquiries, and saves decisions: state, record and effects in one statement, so in one transaction and one round trip. Written in SQL,
/// not through EF, because every webhook passes here; the tables are EF's (<see cref="EnquiryRow"/>).
/// </summary>
internal sealed class EnquiryStore : IDisposable
{
    /// <summary>So many enquiries, at some kilobytes each, are remembered.</summary>
    private const int Remembers = 20_000;

    private static readonly MemoryCacheEntryOptions ForAWhile = new() { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(1) };

    /// <summary>Two who talk tell of nothing for long, and the officer is led on by what is remembered if the database goes meanwhile.</summary>
    private static readonly MemoryCacheEntryOptions WhileOnTheLine = new() { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(30) };

    private readonly MemoryCache _seen = new(new MemoryCacheOptions { SizeLimit = Remembers });
    private readonly NpgsqlDataSource _source;
    private readonly Together<Guid, Guid, Stored?> _loads;
    private readonly Together<Again, string, (List<Stored> Open, long Calls)> _histories;
    private readonly Together<Opening, string, bool> _inserts;
    private readonly Together<Change, Guid, bool> _saves;
    private readonly Together<Guid, Guid, IReadOnlySet<string>> _engaged;

    public EnquiryStore(NpgsqlDataSource source)
    {
        _source = source;
        _loads = new(LoadAllAsync, id => id, TimeProvider.System);
        _histories = new(HistoriesAsync, again => again.Sid, TimeProvider.System);
        _inserts = new(InsertAllAsync, opening => opening.Change.Decision.Next.Ref, TimeProvider.System);
        _saves = new(SaveAllAsync, change => change.Decision.Next.Id, TimeProvider.System);
        _engaged = new(EngagedAsync, id => id, TimeProvider.System);
    }

    /// <summary>The channel on which nodes tell each other that there is work.</summary>
    public const string WorkChannel = "oncall_work";

    /// <summary>The constraint that says that a leg's enquiry is there already.</summary>
    public const string LegKey = "pk_legs";

    /// <summary>The constraint that says that an enquiry of that id is there already.</summary>
    public const string IdKey = "pk_enquiries";

    public void Dispose() => _seen.Dispose();

    /// <summary>
    /// An enquiry as this node read or saved it last; null = it does not remember it. Another node may have changed it since: it is good enough to decide
    /// upon what is then saved, which finds that out, to know that a page has its call, for an effect that was claimed under just its version, and where the database is away; and for nothing else.
    /// </summary>
    public Loaded? Remembered(Guid id) => _seen.Get<Loaded>(id);

    public async Task<Loaded?> LoadAsync(Guid id) => await _loads.AskAsync(id) is { } stored ? Remember(stored.Read()) : null;

    /// <summary>The enquiry to which a leg belongs.</summary>
    public async Task<Loaded?> LoadByCallAsync(string callSid, CancellationToken stop)
    {
        await using var command = _source.CreateCommand(
            "SELECT document, version FROM enquiries JOIN legs ON legs.enquiry_id = enquiries.id WHERE legs.call_sid = $1");
        command.Parameters.Add(new() { Value = callSid });
        return await FirstAsync(command, stop);
    }

    public async Task<History> HistoryAsync(Again again)
    {
        var (open, calls) = await _histories.AskAsync(again);
        return new History([.. open.Select(stored => stored.Read())], calls);
    }

    private async Task<IReadOnlyList<(List<Stored> Open, long Calls)>> HistoriesAsync(IReadOnlyList<Again> callers)
    {
        // Each of a caller's enquiries has a call, so the newest few tell whether there were enough, however many there are.
        // Arrays are selected: a plan for as many as there happen to be would be made anew each time.
        await using var command = _source.CreateCommand($"""
            SELECT place, counted.calls, document, version
            FROM unnest((SELECT $1), (SELECT $2), (SELECT $3), (SELECT $4), (SELECT $5)) WITH ORDINALITY AS asked(caller, line, sid, since, counted_since, place)
            CROSS JOIN LATERAL (
              SELECT count(*) AS calls FROM (
                SELECT FROM (
                  SELECT id FROM enquiries WHERE caller = asked.caller AND opened_at > asked.counted_since - interval '1 day' ORDER BY opened_at DESC LIMIT {Escalator.FloodCalls}) AS newest
                JOIN timeline ON timeline.enquiry_id = newest.id
                WHERE timeline.event = 'received' AND timeline.at > asked.counted_since LIMIT {Escalator.FloodCalls}) AS calls) AS counted
            LEFT JOIN enquiries AS open ON open.caller = asked.caller AND open.line = asked.line AND open.opened_at > asked.since AND open.state <> 'closed'
              AND NOT EXISTS (SELECT FROM legs WHERE legs.call_sid = asked.sid)
            ORDER BY open.opened_at DESC
            """);
        command.Parameters.Add(new() { Value = callers.Select(again => again.From.Value).ToArray() });
        command.Parameters.Add(new() { Value = callers.Select(again => again.Line.Value).ToArray() });
        command.Parameters.Add(new() { Value = callers.Select(again => again.Sid).ToArray() });
        command.Parameters.Add(new() { Value = callers.Select(again => again.Since).ToArray() });
        command.Parameters.Add(new() { Value = callers.Select(again => again.CountedSince).ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        var (open, calls) = (callers.Select(_ => new List<Stored>()).ToList(), new long[callers.Count]);
        while (await reader.ReadAsync())
        {
            var place = (int)reader.GetInt64(0) - 1;
            calls[place] = reader.GetInt64(1);
            if (!await reader.IsDBNullAsync(2))
            {
                open[place].Add(new Stored(reader.GetString(2), reader.GetInt64(3)));
            }
        }

        return [.. open.Zip(calls)];
    }

    /// <summary>Enquiries whose deadline has come, locked in the transaction of <paramref name="connection"/>; what another node has locked is left to it.</summary>
    public static async Task<List<Due>> ClaimDueAsync(NpgsqlConnection connection, Instant now, int most, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            "SELECT id, document, version FROM enquiries WHERE deadline <= $1 ORDER BY deadline LIMIT $2 FOR UPDATE SKIP LOCKED", connection);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = most });
        return await DueAsync(command, stop);
    }

    /// <summary>The same of one enquiry; none = its deadline is no longer there, or another node has locked it.</summary>
    public static async Task<List<Due>> ClaimDueAsync(NpgsqlConnection connection, Instant now, Guid id, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT id, document, version FROM enquiries WHERE id = $2 AND deadline <= $1 FOR UPDATE SKIP LOCKED", connection);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = id });
        return await DueAsync(command, stop);
    }

    private static async Task<List<Due>> DueAsync(NpgsqlCommand command, CancellationToken stop)
    {
        await using var reader = await command.ExecuteReaderAsync(stop);
        var due = new List<Due>();
        while (await reader.ReadAsync(stop))
        {
            due.Add(new Due(reader.GetGuid(0), reader.GetString(1), reader.GetInt64(2)));
        }

        return due;
    }

    /// <summary>Moves deadlines on, for enquiries that cannot be decided upon.</summary>
    public static async Task PostponeAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> ids, Instant now, Instant until, CancellationToken stop)
    {
        // One that was decided upon meanwhile has a deadline of its own.
        await using var command = new NpgsqlCommand("UPDATE enquiries SET deadline = $1 WHERE id = ANY($2) AND deadline <= $3", connection);
        command.Parameters.Add(new() { Value = until });
        command.Parameters.Add(new() { Value = ids.ToArray() });
        command.Parameters.Add(new() { Value = now });
        await command.ExecuteNonQueryAsync(stop);
    }

    public async Task<Instant?> NextDeadlineAsync(CancellationToken stop)
    {
        await using var command = _source.CreateCommand("SELECT min(deadline) FROM enquiries");
        return await command.ExecuteScalarAsync(stop) as Instant?;
    }

    /// <summary>How many refs are in use, counted no further than <paramref name="enough"/>.</summary>
    public async Task<long> OpenRefsAsync(int enough, CancellationToken stop)
    {
        await using var command = _source.CreateCommand("SELECT count(*) FROM (SELECT 1 FROM refs WHERE released_at IS NULL LIMIT $1) AS open");
        command.Parameters.Add(new() { Value = enough });
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>The advisers who are engaged by other enquiries than this one, at this moment and on every node.</summary>
    public Task<IReadOnlySet<string>> EngagedElsewhereAsync(Guid id) => _engaged.AskAsync(id);

    /// <summary>Who is engaged by which enquiry. Two that are about to be saved at once do not see each other.</summary>
    public static async Task<Engaged> EngagedAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT id, engaged FROM enquiries WHERE engaged IS NOT NULL", connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var engaged = new Engaged();
        while (await reader.ReadAsync(stop))
        {
            foreach (var adviser in reader.GetFieldValue<string[]>(1))
            {
                engaged.Add(adviser, reader.GetGuid(0));
            }
        }

        return engaged;
    }

    /// <summary>Stores a new enquiry, unless its ref is in use.</summary>
    /// <exception cref="PostgresException">Unique violation on the leg: another node, or a repeat of the webhook, has opened it.</exception>
    public async Task<bool> InsertAsync(Opening opening)
    {
        var stored = await _inserts.AskAsync(opening);
        if (stored)
        {
            Remember(opening.Change.After);
        }

        return stored;
    }

    /// <summary>Saves a decision.</summary>
    /// <returns>False = somebody else changed the enquiry since it was read.</returns>
    public Task<bool> SaveAsync(Change change) => _saves.AskAsync(change);

    /// <summary>Waits until what this node is saving of an enquiry is saved, and remembered: what is decided upon the state before it would be in vain.</summary>
    public Task SettledAsync(Guid id) => _saves.SettledAsync(id);

    /// <summary>Saves decisions in the transaction of <paramref name="connection"/>, which has locked their enquiries.</summary>
    public static async Task SaveAsync(IReadOnlyList<Change> changes, NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        EnquirySql.Update(command, changes);
        await SavedAsync(command, stop);
    }

    /// <summary>They are committed.</summary>
    public void Remember(IReadOnlyList<Change> saved)
    {
        foreach (var change in saved)
        {
            Remember(change.After);
        }
    }

    /// <summary>What was read, or saved, before another save may come here after it: saving upon it fails, and it is read again.</summary>
    private Loaded Remember(Loaded loaded) => _seen.Set(loaded.Enquiry.Id, loaded, loaded.Enquiry.OfficerCall is null ? ForAWhile : WhileOnTheLine);

    private async Task<IReadOnlyList<Stored?>> LoadAllAsync(IReadOnlyList<Guid> ids)
    {
        // Selected as in HistoriesAsync, so that it is planned once.
        await using var command = _source.CreateCommand("SELECT id, document, version FROM unnest((SELECT $1)) AS asked(id) JOIN enquiries USING (id)");
        command.Parameters.Add(new() { Value = ids.ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        var found = new Dictionary<Guid, Stored>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetGuid(0), new Stored(reader.GetString(1), reader.GetInt64(2)));
        }

        return [.. ids.Select(found.GetValueOrDefault)];
    }

    private async Task<IReadOnlyList<IReadOnlySet<string>>> EngagedAsync(IReadOnlyList<Guid> ids)
    {
        await using var connection = await _source.OpenConnectionAsync();
        var engaged = await EngagedAsync(connection, CancellationToken.None);
        return [.. ids.Select(engaged.Without)];
    }

    private async Task<IReadOnlyList<bool>> InsertAllAsync(IReadOnlyList<Opening> openings)
    {
        await using var command = _source.CreateCommand();
        EnquirySql.Insert(command, [.. openings.Select(opening => opening.Change)], openings.Min(opening => opening.RefsFreeBefore));
        var saved = await SavedAsync(command, CancellationToken.None);
        return [.. openings.Select(opening => saved.Contains(opening.Change.Decision.Next.Id))];
    }

    private async Task<IReadOnlyList<bool>> SaveAllAsync(IReadOnlyList<Change> changes)
    {
        await using var command = _source.CreateCommand();
        EnquirySql.Update(command, changes);
        var saved = await SavedAsync(command, CancellationToken.None);
        Remember([.. changes.Where(IsSaved)]);
        return [.. changes.Select(IsSaved)];

        bool IsSaved(Change change) => saved.Contains(change.Decision.Next.Id);
    }

    private static async Task<IReadOnlySet<Guid>> SavedAsync(NpgsqlCommand command, CancellationToken stop)
    {
        var saved = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            saved.Add(reader.GetGuid(0));
        }

        return saved;
    }

    private static async Task<Loaded?> FirstAsync(NpgsqlCommand command, CancellationToken stop)
    {
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) ? new Stored(reader.GetString(0), reader.GetInt64(1)).Read() : null;
    }

    /// <summary>An enquiry as it stands in its row, not yet read: one that cannot be read must not stand in the way of the others.</summary>
    internal record Stored(string Document, long Version)
    {
        public Loaded Read() => new(JsonSerializer.Deserialize<Enquiry>(Document, StoredJson.Options)!, Version);
    }

    /// <summary>One whose deadline has come.</summary>
    internal sealed record Due(Guid Id, string Document, long Version) : Stored(Document, Version);
}
