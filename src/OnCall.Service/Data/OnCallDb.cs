using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace OnCall.Service.Data;

/// <summary>The database: every table has its mapping in the room that owns it, found by its <see cref="IEntityTypeConfiguration{T}"/>.</summary>
internal sealed class OnCallDb(DbContextOptions<OnCallDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(OnCallDb).Assembly);

    /// <summary>How the service and the tools reach PostgreSQL: NodaTime types, snake_case names.</summary>
    public static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) =>
        options.UseNpgsql(source, postgres => postgres.UseNodaTime().SetPostgresVersion(15, 0)).UseSnakeCaseNamingConvention();
}

/// <summary>For <c>dotnet ef</c>, which needs the model and no server.</summary>
internal sealed class OnCallDbForTools : IDesignTimeDbContextFactory<OnCallDb>
{
    public OnCallDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<OnCallDb>();
        OnCallDb.Configure(options, DataRoom.BuildSource("Host=localhost;Database=oncall"));
        return new OnCallDb(options.Options);
    }
}
