using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using NodaTime.Extensions;
using Npgsql;
using OnCall.Service.Escalation;
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
internal sealed class Recordings(NpgsqlDataSource source, TwilioApi twilio, Enquiries enquiries, TimeProvider time)
{
    /// <summary>Stores a message, and then deletes it at Twilio. May be repeated.</summary>
    public async Task<TwilioOutcome> KeepAsync(Guid enquiry, string sid, CancellationToken stop)
    {
        if (await StoredAsync(sid, stop) is not { IsThere: true })
        {
            await StoreAsync(enquiry, sid, await twilio.FetchRecordingAsync(sid, stop), stop);
        }

        return await twilio.DeleteRecordingAsync(sid, stop);
    }

    /// <summary>The message of an enquiry, from Twilio where it still is; null = there is none, or it was erased.</summary>
    public async Task<byte[]?> FindAsync(Guid enquiry, CancellationToken stop)
    {
        if ((await enquiries.FindAsync(enquiry))?.Enquiry.Recording is not { } sid)
        {
            return null;
        }

        var (isThere, sound) = await StoredAsync(sid, stop);
        return isThere ? sound : await twilio.FetchRecordingAsync(sid, stop);
    }

    private async Task<(bool IsThere, byte[]? Sound)> StoredAsync(string sid, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT sound FROM recordings WHERE sid = $1");
        command.Parameters.Add(new() { Value = sid });
        var found = await command.ExecuteScalarAsync(stop);
        return (found is not null, found as byte[]);
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
