using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using OnCall.Core.Escalation;

namespace OnCall.Service.Outbox;

/// <summary>A number that is left alone for a time, in one way.</summary>
internal sealed class QuarantineRow : IEntityTypeConfiguration<QuarantineRow>
{
    public string Number { get; set; } = "";

    /// <summary>The line's number from which it takes no texts; empty = from none.</summary>
    public string Sender { get; set; } = "";

    /// <summary>In which way it is left alone.</summary>
    public PageMethod Method { get; set; }

    /// <summary>What Twilio said of it.</summary>
    public int Code { get; set; }

    public Instant Since { get; set; }

    /// <summary>When it is tried again, exclusive; null = when it texts START. What is past is kept, until the number proves well.</summary>
    public Instant? Until { get; set; }

    public void Configure(EntityTypeBuilder<QuarantineRow> builder) => builder.ToTable("quarantine").HasKey(row => new { row.Number, row.Method, row.Sender });
}
