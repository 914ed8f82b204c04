using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Calendars;

/// <summary>A calendar that can be read at its secret address. There is one for each rota and each adviser at most.</summary>
internal sealed class CalendarRow : IEntityTypeConfiguration<CalendarRow>
{
    /// <summary>rota or adviser.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The id of the rota or the adviser.</summary>
    public string Subject { get; set; } = "";

    /// <summary>SHA-256 of the secret; the secret itself is nowhere.</summary>
    public byte[] SecretHash { get; set; } = [];

    /// <summary>Since when the address is this one.</summary>
    public Instant Since { get; set; }

    public void Configure(EntityTypeBuilder<CalendarRow> builder)
    {
        builder.ToTable("calendars").HasKey(row => new { row.Kind, row.Subject });
        builder.HasIndex(row => row.SecretHash).IsUnique();
    }
}
