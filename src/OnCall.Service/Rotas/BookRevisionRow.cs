using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Rotas;

/// <summary>The whole configuration as it was from one publication to the next. The last row is the one in force.</summary>
internal sealed class BookRevisionRow : IEntityTypeConfiguration<BookRevisionRow>
{
    /// <summary>From 1, without holes.</summary>
    public long Revision { get; set; }

    public Instant PublishedAt { get; set; }

    public string Actor { get; set; } = "";

    public string Source { get; set; } = "";

    /// <summary>The rota document, whole.</summary>
    public string Document { get; set; } = "";

    /// <summary>The difference to the revision before.</summary>
    public string Changes { get; set; } = "";

    public void Configure(EntityTypeBuilder<BookRevisionRow> builder)
    {
        builder.ToTable("book_revisions").HasKey(row => row.Revision);
        builder.Property(row => row.Revision).ValueGeneratedNever();
        builder.Property(row => row.Document).HasColumnType("jsonb");
        builder.Property(row => row.Changes).HasColumnType("jsonb");
    }
}
