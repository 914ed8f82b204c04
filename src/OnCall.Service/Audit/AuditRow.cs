using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Audit;

/// <summary>Who did what, when, from where, before and after. Rows are added and never touched again.</summary>
internal sealed class AuditRow : IEntityTypeConfiguration<AuditRow>
{
    public long Id { get; set; }

    public Instant At { get; set; }

    /// <summary>The name of an API key, the issuer and the subject of a token, or the user of the command line.</summary>
    public string Actor { get; set; } = "";

    /// <summary>What kind of thing was done, for example <c>import</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>To what it was done.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The ids, names and refs of everything concerned, each by itself.</summary>
    public string[] Ids { get; set; } = [];

    /// <summary>JSON; null = nothing was there, or it was erased.</summary>
    public string? Before { get; set; }

    /// <summary>JSON; null = nothing is left, or it was erased.</summary>
    public string? After { get; set; }

    /// <summary>From where: a network address, or <c>command line</c>.</summary>
    public string Source { get; set; } = "";

    /// <summary>Random: with it, what is kept of before and after in the chain tells nothing once they are erased. Null = they were erased.</summary>
    public byte[]? Salt { get; set; }

    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit").HasKey(row => row.Id);
        builder.Property(row => row.Id).UseIdentityAlwaysColumn();
        builder.Property(row => row.Before).HasColumnType("jsonb");
        builder.Property(row => row.After).HasColumnType("jsonb");
        builder.Property(row => row.Salt).HasDefaultValueSql("uuid_send(gen_random_uuid())").ValueGeneratedOnAdd();
        builder.Property(row => row.Ids).HasDefaultValueSql("'{}'");
        builder.HasIndex(row => row.At);
        builder.HasIndex(row => row.Ids).HasMethod("gin");
    }
}
