using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Retention;

/// <summary>How far the texts of a number are redacted at Twilio.</summary>
internal sealed class RedactionRow : IEntityTypeConfiguration<RedactionRow>
{
    /// <summary>The line's number.</summary>
    public string Number { get; set; } = "";

    /// <summary>No text of before is left there, exclusive.</summary>
    public Instant DoneUntil { get; set; }

    public void Configure(EntityTypeBuilder<RedactionRow> builder) => builder.ToTable("redactions").HasKey(row => row.Number);
}
