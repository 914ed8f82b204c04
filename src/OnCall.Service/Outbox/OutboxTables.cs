using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Outbox;

/// <summary>An effect that is still to be done. It is stored with the decision that asks for it, and deleted with what came of it.</summary>
internal sealed class OutboxRow : IEntityTypeConfiguration<OutboxRow>
{
    public long Id { get; set; }

    public Guid EnquiryId { get; set; }

    /// <summary>Which of the account's rates it counts against.</summary>
    public Lane Lane { get; set; }

    public bool Urgent { get; set; }

    public string Effect { get; set; } = "";

    /// <summary>Not before; a later try moves it on.</summary>
    public Instant DueAt { get; set; }

    /// <summary>When it was put here, by the database's clock: how long it waits for its turn is measured by it, and nothing else.</summary>
    public Instant AskedAt { get; set; }

    /// <summary>The node that works on it; null = nobody.</summary>
    public int? Owner { get; set; }

    /// <summary>Until when the node may work on it; afterwards, or when the node is gone, another one takes over.</summary>
    public Instant? LeaseUntil { get; set; }

    public int Attempts { get; set; }

    /// <summary>When a request that cannot be repeated blindly may have left us; null = it never did.</summary>
    public Instant? SentAt { get; set; }

    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("outbox").HasKey(row => row.Id);
        builder.Property(row => row.Effect).HasColumnType("jsonb");
        builder.Property(row => row.AskedAt).HasDefaultValueSql("now()");
        builder.HasIndex(row => new { row.Lane, row.Urgent, row.Id }).IsDescending(false, true, false).HasFilter("owner IS NULL");
        builder.HasIndex(row => row.LeaseUntil).HasFilter("owner IS NOT NULL");
    }
}

/// <summary>Which of the account's rates an effect counts against.</summary>
internal enum Lane
{
    /// <summary>None: changes of calls that exist.</summary>
    Free = 0,

    /// <summary>Calls per second.</summary>
    Calls = 1,

    /// <summary>Messages per second.</summary>
    Texts = 2,
}

/// <summary>How much of a lane's rate is used, over all nodes.</summary>
internal sealed class RateRow : IEntityTypeConfiguration<RateRow>
{
    public Lane Lane { get; set; }

    /// <summary>The rate is used up to this moment; what lies before now, one second at the most, may be used at once.</summary>
    public Instant UsedUntil { get; set; }

    public void Configure(EntityTypeBuilder<RateRow> builder)
    {
        builder.ToTable("rates").HasKey(row => row.Lane);
        builder.Property(row => row.Lane).ValueGeneratedNever();
        builder.HasData(
            new RateRow { Lane = Lane.Calls, UsedUntil = Instant.FromUnixTimeSeconds(0) },
            new RateRow { Lane = Lane.Texts, UsedUntil = Instant.FromUnixTimeSeconds(0) });
    }
}

/// <summary>A call or text that went to a number that is no adviser's: counted by the gate.</summary>
internal sealed class SendingRow : IEntityTypeConfiguration<SendingRow>
{
    public long Id { get; set; }

    public string Destination { get; set; } = "";

    public Instant At { get; set; }

    public void Configure(EntityTypeBuilder<SendingRow> builder)
    {
        builder.ToTable("sendings").HasKey(row => row.Id);
        builder.HasIndex(row => new { row.Destination, row.At });
    }
}
