using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnCall.Service.Audit;

/// <summary>One link of the chain: an entry of the audit in its place. Rows are added and never touched again.</summary>
internal sealed class AuditSealRow : IEntityTypeConfiguration<AuditSealRow>
{
    /// <summary>From 1, without holes, in the order in which entries were sealed.</summary>
    public long Sequence { get; set; }

    /// <summary>The entry's id.</summary>
    public long AuditId { get; set; }

    /// <summary>What stands for the entry's before and after: it outlives them.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Of the link before, and of this entry.</summary>
    public byte[] Digest { get; set; } = [];

    public void Configure(EntityTypeBuilder<AuditSealRow> builder)
    {
        builder.ToTable("audit_chain").HasKey(row => row.Sequence);
        builder.Property(row => row.Sequence).ValueGeneratedNever();
        builder.HasIndex(row => row.AuditId).IsUnique();
    }
}
