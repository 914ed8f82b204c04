using NodaTime;
using Npgsql;
using OnCall.Core.People;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Outbox;

/// <summary>The one gate before Twilio: what may be called or texted at all, and how often. Toll fraud and runaway loops end here.</summary>
internal sealed class Gate(NpgsqlDataSource source, OnCallSettings settings, CurrentBook book)
{
    private const int MostPerHour = 20;

    /// <summary>Whether a number may be called or texted now; if so, it is counted, unless it is an adviser's or a coordinator's.</summary>
    /// <returns>Null = it may; else why not, without the number.</returns>
    public async Task<string?> RefusalAsync(PhoneNumber to, Instant now, CancellationToken stop)
    {
        if (!settings.AllowedDestinations.Allows(to.Value))
        {
            return "the number is outside OnCall:AllowedDestinations";
        }

        if (book.IsOurs(to))
        {
            return null;
        }

        await using var command = source.CreateCommand("""
            INSERT INTO sendings (destination, at) SELECT $1, $2
            WHERE (SELECT count(*) FROM sendings WHERE destination = $1 AND at > $3) < $4
            """);
        command.Parameters.Add(new() { Value = to.Value });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now - Duration.FromHours(1) });
        command.Parameters.Add(new() { Value = MostPerHour });
        return await command.ExecuteNonQueryAsync(stop) == 1 ? null : $"the number was called or texted {MostPerHour} times within an hour";
    }
}
