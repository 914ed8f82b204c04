using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Escalation;

/// <summary>An enquiry as it is stored: the whole state in <see cref="Document"/>, and beside it what is searched for.</summary>
internal sealed class EnquiryRow : IEntityTypeConfiguration<EnquiryRow>
{
    public Guid Id { get; set; }

    public string Ref { get; set; } = "";

    public string State { get; set; } = "";

    public string Channel { get; set; } = "";

    public string Line { get; set; } = "";

    public string? Caller { get; set; }

    public string? Desk { get; set; }

    public string Priority { get; set; } = "";

    public string? AcceptedBy { get; set; }

    public Instant OpenedAt { get; set; }

    public Instant? AcceptedAt { get; set; }

    public Instant? EndedAt { get; set; }

    /// <summary>When it must be decided upon although nothing happened.</summary>
    public Instant? Deadline { get; set; }

    /// <summary>The ids of the advisers whose ear it has, or is to have; null = nobody's.</summary>
    public string[]? Engaged { get; set; }

    public string Document { get; set; } = "";

    /// <summary>Grows with each change (<see cref="Change.After"/>): who saves must have seen the last one.</summary>
    public long Version { get; set; }

    public void Configure(EntityTypeBuilder<EnquiryRow> builder)
    {
        builder.ToTable("enquiries").HasKey(row => row.Id);
        builder.Property(row => row.Document).HasColumnType("jsonb");
        builder.HasIndex(row => row.Deadline).HasFilter("deadline IS NOT NULL");
        builder.HasIndex(row => row.Id, "ix_enquiries_engaged").HasFilter("engaged IS NOT NULL");
        builder.HasIndex(row => row.Ref);
        builder.HasIndex(row => new { row.OpenedAt, row.Id });
        builder.HasIndex(row => new { row.Caller, row.OpenedAt });
        builder.HasIndex(row => new { row.State, row.OpenedAt });
    }
}

/// <summary>A leg at Twilio, or a text that came in, and whose it is: by it a call's signal finds its enquiry, a call that nobody owns is told apart, and a text that is told of twice is known.</summary>
internal sealed class LegRow : IEntityTypeConfiguration<LegRow>
{
    public string CallSid { get; set; } = "";

    public Guid EnquiryId { get; set; }

    public void Configure(EntityTypeBuilder<LegRow> builder) => builder.ToTable("legs").HasKey(row => row.CallSid);
}

/// <summary>One line of an enquiry's record; never changed.</summary>
internal sealed class TimelineRow : IEntityTypeConfiguration<TimelineRow>
{
    public long Id { get; set; }

    public Guid EnquiryId { get; set; }

    public Instant At { get; set; }

    public string Event { get; set; } = "";

    public string? Adviser { get; set; }

    public string? Method { get; set; }

    public string? Detail { get; set; }

    public void Configure(EntityTypeBuilder<TimelineRow> builder)
    {
        builder.ToTable("timeline").HasKey(row => row.Id);
        builder.HasIndex(row => new { row.EnquiryId, row.Id });
    }
}

/// <summary>A ref and whose it is. It is free again 90 days after its enquiry was closed.</summary>
internal sealed class RefRow : IEntityTypeConfiguration<RefRow>
{
    public string Ref { get; set; } = "";

    public Guid EnquiryId { get; set; }

    /// <summary>When its enquiry was closed; null = open.</summary>
    public Instant? ReleasedAt { get; set; }

    public void Configure(EntityTypeBuilder<RefRow> builder)
    {
        builder.ToTable("refs").HasKey(row => row.Ref);
        builder.HasIndex(row => row.Ref, "ix_refs_open").HasFilter("released_at IS NULL");
    }
}
