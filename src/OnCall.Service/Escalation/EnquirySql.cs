using System.Text.Json;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using OnCall.Core.Escalation;
using OnCall.Service.Data;
using OnCall.Service.Outbox;

namespace OnCall.Service.Escalation;

/// <summary>The two statements that write enquiries. Arrays go in, one element a change, line, effect or leg, so that one decision and two hundred cost the same round trip.</summary>
internal static class EnquirySql
{
    private const string Given = """
        WITH given AS (
          SELECT * FROM unnest(@ids, @versions, @refs, @states, @channels, @lines, @callers, @desks, @priorities, @accepted_bys, @opened_ats, @accepted_ats, @ended_ats, @deadlines, @documents)
            AS u(id, version, ref, state, channel, line, caller, desk, priority, accepted_by, opened_at, accepted_at, ended_at, deadline, document))
        """;

    private const string Saved = """
        , record AS (
          INSERT INTO timeline (enquiry_id, at, event, adviser, method, detail)
          SELECT t.enquiry, t.at, t.event, t.adviser, t.method, t.detail
          FROM unnest(@t_enquiries, @t_ats, @t_events, @t_advisers, @t_methods, @t_details) WITH ORDINALITY AS t(enquiry, at, event, adviser, method, detail, place)
          JOIN saved ON saved.id = t.enquiry ORDER BY t.place),
        effects AS (
          INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts)
          SELECT o.enquiry, o.lane, o.urgent, o.effect, o.due_at, 0
          FROM unnest(@o_enquiries, @o_lanes, @o_urgents, @o_effects, @o_dues) WITH ORDINALITY AS o(enquiry, lane, urgent, effect, due_at, place)
          JOIN saved ON saved.id = o.enquiry ORDER BY o.place
          RETURNING id),
        new_legs AS (
          INSERT INTO legs (call_sid, enquiry_id)
          SELECT l.call_sid, l.enquiry FROM unnest(@l_calls, @l_enquiries) AS l(call_sid, enquiry) JOIN saved ON saved.id = l.enquiry
          ON_LEG_CONFLICT),
        done AS (
          DELETE FROM outbox USING unnest(@d_ids, @d_enquiries) AS d(id, enquiry) JOIN saved ON saved.id = d.enquiry WHERE outbox.id = d.id)
        SELECT saved.id, CASE WHEN EXISTS (SELECT FROM effects) THEN pg_notify('oncall_work', '') END FROM saved
        """;

    public static readonly string Update = Given + """
        , saved AS (
          UPDATE enquiries AS e SET state = given.state, desk = given.desk, priority = given.priority, accepted_by = given.accepted_by,
            accepted_at = given.accepted_at, ended_at = given.ended_at, deadline = given.deadline, document = given.document, version = e.version + 1
          FROM given WHERE e.id = given.id AND e.version = given.version
          RETURNING e.id, e.ref, e.ended_at),
        freed AS (
          UPDATE refs SET released_at = saved.ended_at FROM saved WHERE refs.ref = saved.ref AND refs.released_at IS NULL AND saved.ended_at IS NOT NULL)
        """ + Saved.Replace("ON_LEG_CONFLICT", "ON CONFLICT DO NOTHING", StringComparison.Ordinal);

    public static readonly string Insert = Given + """
        , taken AS (
          INSERT INTO refs AS r (ref, enquiry_id) SELECT given.ref, given.id FROM given
          ON CONFLICT (ref) DO UPDATE SET enquiry_id = EXCLUDED.enquiry_id, released_at = NULL WHERE r.released_at < @refs_free_before
          RETURNING r.enquiry_id),
        saved AS (
          INSERT INTO enquiries (id, version, ref, state, channel, line, caller, desk, priority, accepted_by, opened_at, accepted_at, ended_at, deadline, document)
          SELECT given.* FROM given JOIN taken ON taken.enquiry_id = given.id
          RETURNING id)
        """ + Saved.Replace("ON_LEG_CONFLICT", "", StringComparison.Ordinal);

    public static void AddChanges(NpgsqlCommand command, IReadOnlyList<Change> changes)
    {
        var enquiries = changes.Select(change => change.Decision.Next).ToArray();
        Add(command, "ids", NpgsqlDbType.Uuid, enquiries, enquiry => enquiry.Id);
        Add(command, "versions", NpgsqlDbType.Bigint, changes, change => change.Before?.Version ?? 0);
        Add(command, "refs", NpgsqlDbType.Text, enquiries, enquiry => enquiry.Ref);
        Add(command, "states", NpgsqlDbType.Text, enquiries, enquiry => Word(enquiry.State));
        Add(command, "channels", NpgsqlDbType.Text, enquiries, enquiry => Word(enquiry.Channel));
        Add(command, "lines", NpgsqlDbType.Text, enquiries, enquiry => enquiry.Line.Value);
        Add(command, "callers", NpgsqlDbType.Text, enquiries, enquiry => enquiry.From?.Value);
        Add(command, "desks", NpgsqlDbType.Text, enquiries, enquiry => enquiry.Desk);
        Add(command, "priorities", NpgsqlDbType.Text, enquiries, enquiry => Word(enquiry.Priority));
        Add(command, "accepted_bys", NpgsqlDbType.Text, enquiries, enquiry => enquiry.AcceptedBy);
        Add(command, "opened_ats", NpgsqlDbType.TimestampTz, enquiries, enquiry => enquiry.OpenedAt);
        Add(command, "accepted_ats", NpgsqlDbType.TimestampTz, enquiries, enquiry => enquiry.AcceptedAt);
        Add(command, "ended_ats", NpgsqlDbType.TimestampTz, enquiries, enquiry => enquiry.EndedAt);
        Add(command, "deadlines", NpgsqlDbType.TimestampTz, enquiries, enquiry => enquiry.Deadline);
        Add(command, "documents", NpgsqlDbType.Jsonb, enquiries, enquiry => JsonSerializer.Serialize(enquiry, StoredJson.Options));
        AddRecord(command, [.. changes.SelectMany(change => change.Decision.Timeline.Select(line => (change.Decision.Next.Id, line)))]);
        AddEffects(command, [.. changes.SelectMany(change => change.Decision.Effects.Select(effect => (change.Decision.Next, effect)))]);
        AddLegs(command, changes);
        var completed = changes.Where(change => change.Completes is not null).ToArray();
        Add(command, "d_ids", NpgsqlDbType.Bigint, completed, change => change.Completes);
        Add(command, "d_enquiries", NpgsqlDbType.Uuid, completed, change => change.Decision.Next.Id);
    }

    /// <summary>A value of an enumeration as the contract writes it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static void AddRecord(NpgsqlCommand command, (Guid Enquiry, TimelineEntry Line)[] record)
    {
        Add(command, "t_enquiries", NpgsqlDbType.Uuid, record, entry => entry.Enquiry);
        Add(command, "t_ats", NpgsqlDbType.TimestampTz, record, entry => entry.Line.At);
        Add(command, "t_events", NpgsqlDbType.Text, record, entry => entry.Line.Event);
        Add(command, "t_advisers", NpgsqlDbType.Text, record, entry => entry.Line.Adviser);
        Add(command, "t_methods", NpgsqlDbType.Text, record, entry => entry.Line.Method);
        Add(command, "t_details", NpgsqlDbType.Text, record, entry => entry.Line.Detail);
    }

    private static void AddEffects(NpgsqlCommand command, (Enquiry Enquiry, Effect Effect)[] effects)
    {
        Add(command, "o_enquiries", NpgsqlDbType.Uuid, effects, effect => effect.Enquiry.Id);
        Add(command, "o_lanes", NpgsqlDbType.Integer, effects, effect => (int)OutboxStore.LaneOf(effect.Effect));
        Add(command, "o_urgents", NpgsqlDbType.Boolean, effects, effect => effect.Enquiry.Priority == Core.Rotas.Priority.Urgent);
        Add(command, "o_effects", NpgsqlDbType.Jsonb, effects, effect => JsonSerializer.Serialize(effect.Effect, StoredJson.Options));
        Add(command, "o_dues", NpgsqlDbType.TimestampTz, effects, _ => Instant.FromUnixTimeSeconds(0));
    }

    private static void AddLegs(NpgsqlCommand command, IReadOnlyList<Change> changes)
    {
        var legs = changes.SelectMany(change => Legs(change.Decision.Next).Except(Legs(change.Before?.Enquiry)).Select(callSid => (change.Decision.Next.Id, callSid)))
            .ToArray();
        Add(command, "l_calls", NpgsqlDbType.Text, legs, leg => leg.callSid);
        Add(command, "l_enquiries", NpgsqlDbType.Uuid, legs, leg => leg.Id);
    }

    private static IEnumerable<string> Legs(Enquiry? enquiry) =>
        enquiry is null ? [] : enquiry.Pages.Select(page => page.CallSid).Append(enquiry.OfficerCall).OfType<string>();

    private static void Add<TItem, TValue>(NpgsqlCommand command, string name, NpgsqlDbType type, IReadOnlyCollection<TItem> items, Func<TItem, TValue> value) =>
        command.Parameters.Add(new(name, type | NpgsqlDbType.Array) { Value = items.Select(value).ToArray() });
}
