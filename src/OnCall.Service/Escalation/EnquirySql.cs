using System.Text.Json;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using OnCall.Core.Escalation;
using OnCall.Service.Data;
using OnCall.Service.Outbox;

namespace OnCall.Service.Escalation;

/// <summary>
/// Writes the one statement that saves decisions. Arrays go in, one element a change, line, effect or leg, so that one decision and two hundred cost the
/// same round trip; what the decisions do not have is left out, so that the few statements that recur stay prepared and do no more than they must.
/// </summary>
internal sealed class EnquirySql
{
    private readonly NpgsqlCommand _command;
    private readonly IReadOnlyList<Change> _changes;
    private readonly Enquiry[] _enquiries;
    private readonly List<string> _parts = [];

    private EnquirySql(NpgsqlCommand command, IReadOnlyList<Change> changes)
    {
        (_command, _changes) = (command, changes);
        _enquiries = [.. changes.Select(change => change.Decision.Next)];
    }

    /// <summary>Changes enquiries, each if its version is the one that was read. The rows: the ids of those that were changed.</summary>
    public static void Update(NpgsqlCommand command, IReadOnlyList<Change> changes)
    {
        var sql = new EnquirySql(command, changes);
        sql._parts.Add($"""
            given AS (
              SELECT * FROM unnest({sql.Ids()}, {sql.VersionsBefore()}, {sql.Versions()}, {sql.Moving()})
                AS u(id, before, version, state, desk, priority, accepted_by, accepted_at, ended_at, deadline, engaged, document)),
            saved AS (
              UPDATE enquiries AS e SET state = given.state, desk = given.desk, priority = given.priority, accepted_by = given.accepted_by,
                accepted_at = given.accepted_at, ended_at = given.ended_at, deadline = given.deadline, engaged = string_to_array(given.engaged, ' '), document = given.document, version = given.version
              FROM given WHERE e.id = given.id AND e.version = given.before
              RETURNING e.id, e.ref, e.ended_at)
            """);
        if (sql._enquiries.Any(enquiry => enquiry.EndedAt is not null))
        {
            sql._parts.Add("""
                freed AS (
                  UPDATE refs SET released_at = saved.ended_at FROM saved WHERE refs.ref = saved.ref AND refs.released_at IS NULL AND saved.ended_at IS NOT NULL)
                """);
        }

        sql.Finish("ON CONFLICT DO NOTHING");
    }

    /// <summary>Stores new enquiries, each if its ref is free. The rows: the ids of those that were stored.</summary>
    public static void Insert(NpgsqlCommand command, IReadOnlyList<Change> opened, Instant refsFreeBefore)
    {
        var sql = new EnquirySql(command, opened);
        sql._parts.Add($"""
            given AS (
              SELECT * FROM unnest({sql.Ids()}, {sql.Versions()}, {sql.Lasting()}, {sql.Moving()})
                AS u(id, version, ref, channel, line, caller, opened_at, state, desk, priority, accepted_by, accepted_at, ended_at, deadline, engaged, document)),
            taken AS (
              INSERT INTO refs AS r (ref, enquiry_id) SELECT given.ref, given.id FROM given
              ON CONFLICT (ref) DO UPDATE SET enquiry_id = EXCLUDED.enquiry_id, released_at = NULL WHERE r.released_at < {sql.Value(NpgsqlDbType.TimestampTz, refsFreeBefore)}
              RETURNING r.enquiry_id),
            saved AS (
              INSERT INTO enquiries (id, version, ref, channel, line, caller, opened_at, state, desk, priority, accepted_by, accepted_at, ended_at, deadline, engaged, document)
              SELECT given.id, version, given.ref, channel, line, caller, opened_at, state, desk, priority, accepted_by, accepted_at, ended_at, deadline, string_to_array(engaged, ' '), document
              FROM given JOIN taken ON taken.enquiry_id = given.id
              RETURNING id)
            """);
        sql.Finish("");
    }

    /// <summary>A value of an enumeration as the contract writes it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private string Ids() => Each(NpgsqlDbType.Uuid, _enquiries, enquiry => enquiry.Id);

    private string VersionsBefore() => Each(NpgsqlDbType.Bigint, _changes, change => change.Before!.Version);

    private string Versions() => Each(NpgsqlDbType.Bigint, _changes, change => change.After.Version);

    /// <summary>What never changes.</summary>
    private string Lasting() => string.Join(
        ", ",
        Each(NpgsqlDbType.Text, _enquiries, enquiry => enquiry.Ref),
        Each(NpgsqlDbType.Text, _enquiries, enquiry => Word(enquiry.Channel)),
        Each(NpgsqlDbType.Text, _enquiries, enquiry => enquiry.Line.Value),
        Each(NpgsqlDbType.Text, _enquiries, enquiry => enquiry.From?.Value),
        Each(NpgsqlDbType.TimestampTz, _enquiries, enquiry => enquiry.OpenedAt));

    /// <summary>What may change.</summary>
    private string Moving() => string.Join(
        ", ",
        Each(NpgsqlDbType.Text, _enquiries, enquiry => Word(enquiry.State)),
        Each(NpgsqlDbType.Text, _enquiries, enquiry => enquiry.Desk),
        Each(NpgsqlDbType.Text, _enquiries, enquiry => Word(enquiry.Priority)),
        Each(NpgsqlDbType.Text, _enquiries, enquiry => enquiry.AcceptedBy),
        Each(NpgsqlDbType.TimestampTz, _enquiries, enquiry => enquiry.AcceptedAt),
        Each(NpgsqlDbType.TimestampTz, _enquiries, enquiry => enquiry.EndedAt),
        Each(NpgsqlDbType.TimestampTz, _enquiries, enquiry => enquiry.Deadline),
        Each(NpgsqlDbType.Text, _enquiries, Engaged),
        Each(NpgsqlDbType.Jsonb, _enquiries, enquiry => JsonSerializer.Serialize(enquiry, StoredJson.Options)));

    /// <summary>Ids with blanks between: an array of arrays would have to be even.</summary>
    private static string? Engaged(Enquiry enquiry) => string.Join(' ', enquiry.Engaged) is { Length: > 0 } advisers ? advisers : null;

    private void Finish(string onLegConflict)
    {
        AddRecord([.. _changes.SelectMany(change => change.Decision.Timeline.Select(line => (change.Decision.Next.Id, line)))]);
        AddEffects([.. _changes.SelectMany(change => change.Decision.Effects.Select(effect => (change.Decision.Next, effect)))]);
        AddLegs([.. _changes.SelectMany(change => Legs(change.Decision.Next).Except(Legs(change.Before?.Enquiry)).Select(callSid => (change.Decision.Next.Id, callSid)))], onLegConflict);
        AddCompleted([.. _changes.Where(change => change.Completes is not null)]);
        AddAudit([.. _changes.Where(change => change.Entry is not null)]);
        _command.CommandText = $"WITH {string.Join(",\n", _parts)}\nSELECT id FROM saved";
    }

    private void AddRecord((Guid Enquiry, TimelineEntry Line)[] record)
    {
        if (record.Length > 0)
        {
            _parts.Add($"""
                record AS (
                  INSERT INTO timeline (enquiry_id, at, event, adviser, method, detail)
                  SELECT t.enquiry, t.at, t.event, t.adviser, t.method, t.detail
                  FROM unnest({Each(NpgsqlDbType.Uuid, record, entry => entry.Enquiry)}, {Each(NpgsqlDbType.TimestampTz, record, entry => entry.Line.At)}, {Each(NpgsqlDbType.Text, record, entry => entry.Line.Event)},
                    {Each(NpgsqlDbType.Text, record, entry => entry.Line.Adviser)}, {Each(NpgsqlDbType.Text, record, entry => entry.Line.Method)}, {Each(NpgsqlDbType.Text, record, entry => entry.Line.Detail)})
                    WITH ORDINALITY AS t(enquiry, at, event, adviser, method, detail, place)
                  JOIN saved ON saved.id = t.enquiry ORDER BY t.place)
                """);
        }
    }

    private void AddEffects((Enquiry Enquiry, Effect Effect)[] effects)
    {
        if (effects.Length > 0)
        {
            _parts.Add($"""
                effects AS (
                  INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
                  SELECT o.enquiry, o.lane, o.urgent, o.effect, 'epoch', 0
                  FROM unnest({Each(NpgsqlDbType.Uuid, effects, effect => effect.Enquiry.Id)}, {Each(NpgsqlDbType.Integer, effects, effect => (int)OutboxStore.LaneOf(effect.Effect))},
                    {Each(NpgsqlDbType.Boolean, effects, effect => effect.Enquiry.Priority == Core.Rotas.Priority.Urgent)}, {Each(NpgsqlDbType.Jsonb, effects, effect => JsonSerializer.Serialize(effect.Effect, StoredJson.Options))})
                    WITH ORDINALITY AS o(enquiry, lane, urgent, effect, place)
                  JOIN saved ON saved.id = o.enquiry ORDER BY o.place)
                """);
        }
    }

    private void AddLegs((Guid Enquiry, string CallSid)[] legs, string onConflict)
    {
        if (legs.Length > 0)
        {
            _parts.Add($"""
                new_legs AS (
                  INSERT INTO legs (call_sid, enquiry_id)
                  SELECT l.call_sid, l.enquiry FROM unnest({Each(NpgsqlDbType.Text, legs, leg => leg.CallSid)}, {Each(NpgsqlDbType.Uuid, legs, leg => leg.Enquiry)}) AS l(call_sid, enquiry)
                  JOIN saved ON saved.id = l.enquiry {onConflict})
                """);
        }
    }

    private void AddCompleted(Change[] completed)
    {
        if (completed.Length > 0)
        {
            _parts.Add($"""
                done AS (
                  DELETE FROM outbox USING unnest({Each(NpgsqlDbType.Bigint, completed, change => change.Completes)}, {Each(NpgsqlDbType.Uuid, completed, change => change.Decision.Next.Id)}) AS d(id, enquiry)
                  JOIN saved ON saved.id = d.enquiry WHERE outbox.id = d.id)
                """);
        }
    }

    /// <summary>There is an entry where somebody asked over the API, so one at a time.</summary>
    private void AddAudit(Change[] changes)
    {
        for (var place = 0; place < changes.Length; place++)
        {
            var entry = changes[place].Entry!;
            _parts.Add($"""
                audited_{place} AS (
                  INSERT INTO audit (at, actor, source, kind, subject, ids, before, after)
                  SELECT {Value(NpgsqlDbType.TimestampTz, entry.At)}, {Value(NpgsqlDbType.Text, entry.Actor)}, {Value(NpgsqlDbType.Text, entry.Source)}, {Value(NpgsqlDbType.Text, entry.Kind)},
                    {Value(NpgsqlDbType.Text, entry.Subject)}, {Value(NpgsqlDbType.Array | NpgsqlDbType.Text, entry.Ids)}, {Value(NpgsqlDbType.Jsonb, entry.Before!)}, {Value(NpgsqlDbType.Jsonb, entry.After!)}
                  FROM saved WHERE saved.id = {Value(NpgsqlDbType.Uuid, changes[place].Decision.Next.Id)})
                """);
        }
    }

    private static IEnumerable<string> Legs(Enquiry? enquiry) =>
        enquiry is null ? [] : enquiry.Pages.Where(page => page.Method == PageMethod.Call).Select(page => page.CallSid).Append(enquiry.OfficerCall).OfType<string>().Concat(enquiry.Heard);

    private string Each<TItem, TValue>(NpgsqlDbType type, IReadOnlyCollection<TItem> items, Func<TItem, TValue> value) =>
        Value(type | NpgsqlDbType.Array, items.Select(value).ToArray());

    /// <summary>Adds a parameter, and names it.</summary>
    private string Value(NpgsqlDbType type, object value)
    {
        _command.Parameters.Add(new() { NpgsqlDbType = type, Value = value });
        return $"${_command.Parameters.Count}";
    }
}
