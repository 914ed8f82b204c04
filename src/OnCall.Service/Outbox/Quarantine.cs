using System.Text.Json;
using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using NpgsqlTypes;
using OnCall.Core;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Rotas;

namespace OnCall.Service.Outbox;

/// <summary>
/// Numbers that are left alone for a time: those of which Twilio says that a text, or a call, cannot reach them, and those that texted STOP. The nodes share them; a node knows
/// within a second what another one found out. Where it is an adviser's number, the coordinators are told once.
/// </summary>
internal sealed class Quarantine(NpgsqlDataSource source, CurrentBook book, Work work, TimeProvider time)
{
    private static readonly Duration ReadEvery = Duration.FromSeconds(1);

    private QuarantineList? _known;
    private int _reading;

    /// <summary>As it was a second ago at the most.</summary>
    public async ValueTask<QuarantineList> KnownAsync(CancellationToken stop)
    {
        var known = Volatile.Read(ref _known);
        if (known is not null && (time.GetCurrentInstant() - known.ReadAt < ReadEvery || Interlocked.Exchange(ref _reading, 1) == 1))
        {
            return known;
        }

        try
        {
            return await ReadAsync(stop);
        }
        catch (Exception) when (known is not null && !stop.IsCancellationRequested)
        {
            // Better what was known than that nothing goes out.
            return known;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    /// <summary>A text did not reach a number.</summary>
    /// <param name="sender">The line's number.</param>
    /// <param name="code">Twilio's; one that says nothing of the number changes nothing.</param>
    /// <param name="desk">Whose coordinators are told; null = all.</param>
    public async Task TextFailedAsync(PhoneNumber number, PhoneNumber sender, int code, string? desk, CancellationToken stop)
    {
        if (NumberFault.OfText(code) is { } fault)
        {
            await AddAsync(number, NumberFault.IsOfSender(code) ? sender.Value : "", PageMethod.Sms, code, fault, (name, why) => Phrases.TakesNoTexts(Language.English, name, why), sender, desk, stop);
        }
    }

    /// <summary>Twilio refused a call to a number.</summary>
    /// <inheritdoc cref="TextFailedAsync"/>
    public async Task CallFailedAsync(PhoneNumber number, PhoneNumber sender, int code, string? desk, CancellationToken stop)
    {
        if (NumberFault.OfCall(code) is { } fault)
        {
            await AddAsync(number, "", PageMethod.Call, code, fault, (name, why) => Phrases.CannotBeCalled(Language.English, name, why), sender, desk, stop);
        }
    }

    /// <summary>A number has texted START.</summary>
    public Task OptedInAsync(PhoneNumber number, PhoneNumber sender, CancellationToken stop) => LiftAsync(number, [sender.Value, ""], stop);

    /// <summary>A text has reached a number, or came from it: it takes texts. What it asked for itself stays.</summary>
    public async Task ProvedWellAsync(PhoneNumber number, CancellationToken stop)
    {
        if ((await KnownAsync(stop)).Knows(number, PageMethod.Sms))
        {
            await LiftAsync(number, [""], stop);
        }
    }

    private async Task LiftAsync(PhoneNumber number, string[] senders, CancellationToken stop)
    {
        await using var command = source.CreateCommand("DELETE FROM quarantine WHERE number = $1 AND method = $2 AND sender = ANY($3)");
        command.Parameters.Add(new() { Value = number.Value });
        command.Parameters.Add(new() { Value = (int)PageMethod.Sms });
        command.Parameters.Add(new() { Value = senders });
        await command.ExecuteNonQueryAsync(stop);
        await ReadAsync(stop);
    }

    private async Task AddAsync(
        PhoneNumber number, string from, PageMethod method, int code, NumberFault fault, Func<string, string, string> tell, PhoneNumber sender, string? desk, CancellationToken stop)
    {
        // One that is there already, and holds, was told of already.
        await using var command = source.CreateCommand("""
            WITH added AS (
              INSERT INTO quarantine (number, sender, method, code, since, until) VALUES ($1, $2, $3, $4, $5, $6)
              ON CONFLICT (number, method, sender) DO UPDATE SET code = excluded.code, since = excluded.since, until = excluded.until WHERE quarantine.until <= $5
              RETURNING number)
            INSERT INTO outbox (enquiry_id, lane, urgent, effect, due_at, attempts) SELECT $7, $8, false, effect, 'epoch', 0 FROM unnest($9) AS effect WHERE EXISTS (SELECT FROM added)
            """);
        var now = time.GetCurrentInstant();
        command.Parameters.Add(new() { Value = number.Value });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = (int)method });
        command.Parameters.Add(new() { Value = code });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = (object?)(now + fault.Lasts) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = Guid.Empty });
        command.Parameters.Add(new() { Value = (int)Lane.Texts });
        var texts = Texts(number, $"{fault.Reason} ({code})", tell, sender, desk);
        command.Parameters.Add(new() { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        if (await command.ExecuteNonQueryAsync(stop) > 0)
        {
            work.TellOf(Lane.Texts);
        }

        await ReadAsync(stop);
    }

    /// <summary>What the coordinators are told of an adviser's number; nothing of anybody else's.</summary>
    private string[] Texts(PhoneNumber number, string reason, Func<string, string, string> tell, PhoneNumber sender, string? desk)
    {
        if (book.Book.AdviserOf(number) is not { } adviser)
        {
            return [];
        }

        var from = book.Book.LineOf(sender.Value)?.TextNumber ?? sender;
        var coordinators = desk is null ? book.Book.Coordinators : new Roster(book.Book).Coordinators(desk);
        return [.. coordinators.Select(told => JsonSerializer.Serialize<Effect>(new Effect.SendText(told.Phone, from, tell(adviser.Name, reason), null), StoredJson.Options))];
    }

    private async Task<QuarantineList> ReadAsync(CancellationToken stop)
    {
        var (now, rows) = (time.GetCurrentInstant(), new List<QuarantineRow>());
        await using var command = source.CreateCommand("SELECT number, sender, method, code, since, until FROM quarantine");
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            rows.Add(new QuarantineRow
            {
                Number = reader.GetString(0),
                Sender = reader.GetString(1),
                Method = (PageMethod)reader.GetInt32(2),
                Code = reader.GetInt32(3),
                Since = reader.GetFieldValue<Instant>(4),
                Until = reader.IsDBNull(5) ? null : reader.GetFieldValue<Instant>(5),
            });
        }

        var known = new QuarantineList(rows, now);
        Volatile.Write(ref _known, known);
        return known;
    }
}
