using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Npgsql;

namespace OnCall.Service.Messages;

/// <summary>A text that came in, and was handled.</summary>
internal sealed class ToldTextRow : IEntityTypeConfiguration<ToldTextRow>
{
    /// <summary>Twilio's name of the text.</summary>
    public string Sid { get; set; } = "";

    public Instant At { get; set; }

    public void Configure(EntityTypeBuilder<ToldTextRow> builder)
    {
        builder.ToTable("told_texts").HasKey(row => row.Sid);
        builder.HasIndex(row => row.At);
    }
}

/// <summary>Which texts were handled, so that those of which no word came can be told from them (<see cref="MissedTexts"/>).</summary>
internal sealed class ToldTexts(NpgsqlDataSource source)
{
    public async Task NoteAsync(string sid, Instant now, CancellationToken stop)
    {
        await using var command = source.CreateCommand("INSERT INTO told_texts (sid, at) VALUES ($1, $2) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new() { Value = sid });
        command.Parameters.Add(new() { Value = now });
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Those of the texts that were not handled.</summary>
    public async Task<IReadOnlySet<string>> UntoldAsync(IReadOnlyCollection<string> sids, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT sid FROM unnest($1) AS sid WHERE NOT EXISTS (SELECT FROM told_texts AS told WHERE told.sid = sid.sid)");
        command.Parameters.Add(new() { Value = sids.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(stop);
        var untold = new HashSet<string>();
        while (await reader.ReadAsync(stop))
        {
            untold.Add(reader.GetString(0));
        }

        return untold;
    }

    /// <summary>From when on it is known which texts were handled; null = none ever was.</summary>
    public async Task<Instant?> SinceAsync(CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT min(at) FROM told_texts");
        return await command.ExecuteScalarAsync(stop) as Instant?;
    }

    /// <summary>Forgets what was handled before, but for the last one: without any, it would look as if there had never been a service.</summary>
    public async Task ForgetAsync(Instant before, CancellationToken stop)
    {
        await using var command = source.CreateCommand("DELETE FROM told_texts WHERE at < $1 AND at < (SELECT max(at) FROM told_texts)");
        command.Parameters.Add(new() { Value = before });
        await command.ExecuteNonQueryAsync(stop);
    }
}
