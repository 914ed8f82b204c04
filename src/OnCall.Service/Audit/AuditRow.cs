using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Audit;

/// <summary>Who did what, when, from where, before and after. Rows are added and never touched again.</summary>
internal sealed class AuditRow : IEntityTypeConfiguration<AuditRow>
{
    public long Id { get; set; }

    public Instant At { get; set; }

    /// <summary>The name of an API key, or the user of the command line.</summary>
    public string Actor { get; set; } = "";

    /// <summary>What kind of thing was done, for example <c>import</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>To what it was done.</summary>
    public string Subject { get; set; } = "";

    /// <summary>JSON; null = nothing was there.</summary>
    public string? Before { get; set; }

    /// <summary>JSON; null = nothing is left.</summary>
    public string? After { get; set; }

    /// <summary>From where: a network address, or <c>command line</c>.</summary>
    public string Source { get; set; } = "";

    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit").HasKey(row => row.Id);
        builder.Property(row => row.Id).UseIdentityAlwaysColumn();
        builder.Property(row => row.Before).HasColumnType("jsonb");
        builder.Property(row => row.After).HasColumnType("jsonb");
        builder.HasIndex(row => row.At);
    }
}
