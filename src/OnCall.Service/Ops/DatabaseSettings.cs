using Npgsql;

namespace OnCall.Service.Ops;

/// <summary>Where the database is.</summary>
internal sealed class DatabaseSettings
{
    /// <summary><c>ConnectionStrings:OnCall</c>: a PostgreSQL connection string as Npgsql takes it. Required.</summary>
    public required string ConnectionString { get; init; }

    public static DatabaseSettings Read(SettingsReader settings) => new()
    {
        ConnectionString = settings.Required(
            "ConnectionStrings:OnCall",
            "a PostgreSQL connection string, for example Host=db.example.org;Database=oncall;Username=oncall;Password=…",
            Parse),
    };

    private static string? Parse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 } ? text : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return null;
        }
    }
}
