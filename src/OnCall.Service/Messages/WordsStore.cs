using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Npgsql;

namespace OnCall.Service.Messages;

/// <summary>What somebody wrote to be passed on. It lies here and nowhere else, so that it can be erased; whose it is says <c>legs</c>.</summary>
internal sealed class WordsRow : IEntityTypeConfiguration<WordsRow>
{
    /// <summary>Twilio's name of the text.</summary>
    public string Sid { get; set; } = "";

    public Instant At { get; set; }

    /// <summary>Null = erased.</summary>
    public string? Body { get; set; }

    public void Configure(EntityTypeBuilder<WordsRow> builder)
    {
        builder.ToTable("words").HasKey(row => row.Sid);
        builder.HasIndex(row => row.At).HasFilter("body IS NOT NULL");
    }
}

/// <summary>What is left of somebody's words.</summary>
/// <param name="Body">Null = they were kept long enough, and erased.</param>
internal sealed record KeptWords(string? Body);

/// <summary>Keeps words until they are erased.</summary>
internal sealed class WordsStore(NpgsqlDataSource source)
{
    /// <summary>Keeps the words of a text, before the enquiry is told of it. May be repeated.</summary>
    public async Task KeepAsync(string sid, string body, Instant now, CancellationToken stop)
    {
        await using var command = source.CreateCommand("INSERT INTO words (sid, at, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new() { Value = sid });
        command.Parameters.Add(new() { Value = now });

        // PostgreSQL's text cannot hold the character 0.
        command.Parameters.Add(new() { Value = body.Replace("\0", "", StringComparison.Ordinal) });
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The words of a text; null = there are none.</summary>
    public async Task<KeptWords?> FindAsync(string sid, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT body FROM words WHERE sid = $1");
        command.Parameters.Add(new() { Value = sid });
        return await command.ExecuteScalarAsync(stop) is { } found ? new KeptWords(found as string) : null;
    }
}
