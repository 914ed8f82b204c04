using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace OnCall.Service.Access;

/// <summary>An API key: it belongs to one person or one system, whose name stands in the audit.</summary>
internal sealed class ApiKeyRow : IEntityTypeConfiguration<ApiKeyRow>
{
    public Guid Id { get; set; }

    /// <summary>Unique among the keys that there are.</summary>
    public string Name { get; set; } = "";

    /// <summary>One of <see cref="Roles.All"/>.</summary>
    public string Role { get; set; } = "";

    /// <summary>The ids of the desks to which a coordinator's key is limited; null = it is not.</summary>
    public string[]? Desks { get; set; }

    /// <summary>SHA-256 of the secret; the secret itself is nowhere.</summary>
    public byte[] SecretHash { get; set; } = [];

    public Instant CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    /// <summary>From then on it is refused; null = never.</summary>
    public Instant? ExpiresAt { get; set; }

    /// <summary>By either secret; some seconds late; null = not used yet.</summary>
    public Instant? LastUsedAt { get; set; }

    /// <summary>When it was last given a new secret; null = never.</summary>
    public Instant? RenewedAt { get; set; }

    public string? RenewedBy { get; set; }

    /// <summary>SHA-256 of the secret before; null = there is none, or it ended with the renewal.</summary>
    public byte[]? PreviousHash { get; set; }

    /// <summary>From then on the secret before is refused; never after <see cref="ExpiresAt"/>.</summary>
    public Instant? PreviousUntil { get; set; }

    /// <summary>The last use of the secret before since the renewal; some seconds late; null = none.</summary>
    public Instant? PreviousUsedAt { get; set; }

    public void Configure(EntityTypeBuilder<ApiKeyRow> builder)
    {
        builder.ToTable("api_keys").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.Name).IsUnique();
        builder.HasIndex(row => row.SecretHash).IsUnique();
    }
}
