using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Schedule;

/// <summary>Something of which people were told, or found to be missed: its key lets it happen once. What was told to whom stands in the audit.</summary>
internal sealed class NoticeRow : IEntityTypeConfiguration<NoticeRow>
{
    /// <summary><c>handover</c> or <c>gaps</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The rota's id; for gaps, <c>coordinators</c>.</summary>
    public string Subject { get; set; } = "";

    public Instant At { get; set; }

    /// <summary>By it the texts in the outbox, and what the log says of them, are found.</summary>
    public Guid Id { get; set; }

    public void Configure(EntityTypeBuilder<NoticeRow> builder) => builder.ToTable("notices").HasKey(row => new { row.Kind, row.Subject, row.At });
}
