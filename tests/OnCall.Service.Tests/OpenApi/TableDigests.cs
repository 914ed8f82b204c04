using Npgsql;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>What every table holds, as one digest each: two of them tell whether anything was changed.</summary>
internal static class TableDigests
{
    /// <summary>Tables and columns that change while nobody asks for anything: the clockwork's, and when a key was used.</summary>
    private const string Clockwork = "'^(qrtz_.*|nodes|audit_chain|rota_clock|notices|__EFMigrationsHistory)$'";

    /// <summary>Who is refused by a condition is shown the enquiry, and that reading is written down.</summary>
    private const string IsNoReading = "to_jsonb(t) ->> 'kind' IS DISTINCT FROM 'enquiry-read'";

    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(string connectionString, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var tables = new List<string>();
        await using (var command = source.CreateCommand($"SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name !~ {Clockwork} ORDER BY 1"))
        await using (var reader = await command.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop))
            {
                tables.Add(reader.GetString(0));
            }
        }

        var digests = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            await using var command = source.CreateCommand($"SELECT count(*) || ' rows, ' || md5(coalesce(string_agg(row, '|' ORDER BY row), '')) FROM (SELECT (to_jsonb(t) - 'last_used_at')::text AS row FROM \"{table}\" t WHERE {IsNoReading}) AS rows");
            digests.Add(table, (string)(await command.ExecuteScalarAsync(stop))!);
        }

        return digests;
    }
}
