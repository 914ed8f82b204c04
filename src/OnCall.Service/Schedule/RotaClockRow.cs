using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Schedule;

/// <summary>How far the clock of the rota was looked at: one row, whose lock lets one node look at a time.</summary>
internal sealed class RotaClockRow : IEntityTypeConfiguration<RotaClockRow>
{
    public int Id { get; set; }

    /// <summary>Everything up to here, this instant included, was seen; null = nobody has looked yet.</summary>
    public Instant? LookedUntil { get; set; }

    /// <summary>The revision of the book that was in force then.</summary>
    public long Revision { get; set; }

    public void Configure(EntityTypeBuilder<RotaClockRow> builder)
    {
        builder.ToTable("rota_clock").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasData(new RotaClockRow { Id = 1 });
    }
}
