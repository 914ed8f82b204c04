using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Core.Escalation;
using OnCall.Service.Escalation;
using OnCall.Service.Outbox;
using OnCall.Service.Twilio;

namespace OnCall.Service.Calls;

/// <summary>A message that an officer left, as WAV. It is here and no longer at Twilio.</summary>
internal sealed class RecordingRow : IEntityTypeConfiguration<RecordingRow>
{
    /// <summary>Twilio's name of it.</summary>
    public string Sid { get; set; } = "";

    public Guid EnquiryId { get; set; }

    public Instant KeptAt { get; set; }

    /// <summary>Null = erased.</summary>
    public byte[]? Sound { get; set; }

    public void Configure(EntityTypeBuilder<RecordingRow> builder)
    {
        builder.ToTable("recordings").HasKey(row => row.Sid);
        builder.HasIndex(row => row.EnquiryId);
    }
}

/// <summary>Brings officers' messages home from Twilio, and gives them to whoever takes the enquiry.</summary>
internal sealed class Recordings(NpgsqlDataSource source, TwilioApi twilio, Enquiries enquiries, OutboxStore outbox, TimeProvider time)
{
    /// <summary>Stores a message, and then deletes it at Twilio. May be repeated.</summary>
    public async Task<TwilioOutcome> KeepAsync(Guid enquiry, string sid, CancellationToken stop)
    {
        if (!await IsStoredAsync(sid, stop))
        {
            await StoreAsync(enquiry, sid, await twilio.FetchRecordingAsync(sid, stop), stop);
        }

        return await twilio.DeleteRecordingAsync(sid, stop);
    }

    /// <summary>Keeps a message that an officer left who had left one before: the enquiry has the first, and both are heard.</summary>
    public async Task KeepAnotherAsync(Enquiry enquiry, string sid, Duration length)
    {
        await outbox.AddAsync(enquiry.Id, new Effect.KeepMessage(sid));
        await enquiries.HappenedAsync(enquiry.Id, new EnquiryEvent.NoteWritten($"message {sid}", "oncall", $"the officer left another message, {(long)length.TotalSeconds} seconds"));
    }

    /// <summary>The messages of an enquiry, one after the other, the first from Twilio where it still is; null = there is none, or they were erased.</summary>
    public async Task<byte[]?> FindAsync(Guid enquiry, CancellationToken stop)
    {
        if ((await enquiries.FindAsync(enquiry))?.Enquiry.Recording is not { } sid)
        {
            return null;
        }

        var isStored = await IsStoredAsync(sid, stop);
        var sounds = await StoredOfAsync(enquiry, stop);
        if (!isStored)
        {
            sounds.Insert(0, await twilio.FetchRecordingAsync(sid, stop));
        }

        return sounds.Count > 0 ? Wave.Join(sounds) : null;
    }

    /// <summary>All that are kept of an enquiry and were not erased, the oldest first.</summary>
    private async Task<List<byte[]>> StoredOfAsync(Guid enquiry, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT sound FROM recordings WHERE enquiry_id = $1 AND sound IS NOT NULL ORDER BY kept_at");
        command.Parameters.Add(new() { Value = enquiry });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var sounds = new List<byte[]>();
        while (await reader.ReadAsync(stop))
        {
            sounds.Add(reader.GetFieldValue<byte[]>(0));
        }

        return sounds;
    }

    /// <summary>Whether it was brought home, be it erased since.</summary>
    private async Task<bool> IsStoredAsync(string sid, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT EXISTS (SELECT FROM recordings WHERE sid = $1)");
        command.Parameters.Add(new() { Value = sid });
        return await command.ExecuteScalarAsync(stop) is true;
    }

    private async Task StoreAsync(Guid enquiry, string sid, byte[] sound, CancellationToken stop)
    {
        await using var command = source.CreateCommand("INSERT INTO recordings (sid, enquiry_id, kept_at, sound) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new() { Value = sid });
        command.Parameters.Add(new() { Value = enquiry });
        command.Parameters.Add(new() { Value = time.GetCurrentInstant() });
        command.Parameters.Add(new() { Value = sound });
        await command.ExecuteNonQueryAsync(stop);
    }
}
