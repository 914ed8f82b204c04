using NodaTime;
using Npgsql;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Outbox;

/// <summary>The one gate before Twilio: what may be called or texted at all, and how often. Toll fraud and runaway loops end here.</summary>
internal sealed class Gate(NpgsqlDataSource source, OnCallSettings settings, CurrentBook book, Quarantine quarantine)
{
    /// <summary>Why not, where a number may be called and texted by nobody.</summary>
    public const string OutOfReach = "the number is outside OnCall:AllowedDestinations";

    private const int MostPerHour = 20;

    /// <summary>An adviser on a busy night takes, asks and closes more often than that in no hour.</summary>
    private const int MostAnswersPerHour = 60;

    /// <summary>Whether a number may be called or texted now; if so, it is counted, unless it is an adviser's or a coordinator's.</summary>
    /// <param name="from">The line's number.</param>
    /// <param name="again">It was tried before, in vain, and counted then: while Twilio cannot be reached, tries must not use up what may be sent once it can.</param>
    /// <returns>Null = it may; else why not, without the number.</returns>
    public async Task<string?> RefusalAsync(PhoneNumber to, PhoneNumber from, PageMethod method, bool again, Instant now, CancellationToken stop)
    {
        if (!settings.AllowedDestinations.Allows(to.Value))
        {
            return OutOfReach;
        }

        if ((await quarantine.KnownAsync(stop)).WhyNot(to, from, method, now) is { } why)
        {
            return why;
        }

        return again || book.IsOurs(to) || await CountAsync(to, MostPerHour, now, stop) ? null : $"the number was called or texted {MostPerHour} times within an hour";
    }

    /// <summary>Whether a text that came in may be answered: a machine that answers every answer must come to an end, also at an adviser's number.</summary>
    /// <param name="from">The line's number.</param>
    public async Task<bool> MayAnswerAsync(PhoneNumber to, PhoneNumber from, Instant now, CancellationToken stop) =>
        settings.AllowedDestinations.Allows(to.Value) && (await quarantine.KnownAsync(stop)).WhyNot(to, from, PageMethod.Sms, now) is null
        && await CountAsync(to, book.IsOurs(to) ? MostAnswersPerHour : MostPerHour, now, stop);

    /// <summary>Counts one more, unless there were enough within an hour.</summary>
    private async Task<bool> CountAsync(PhoneNumber to, int most, Instant now, CancellationToken stop)
    {
        await using var command = source.CreateCommand("""
            INSERT INTO sendings (destination, at) SELECT $1, $2
            WHERE (SELECT count(*) FROM sendings WHERE destination = $1 AND at > $3) < $4
            """);
        command.Parameters.Add(new() { Value = to.Value });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = now - Duration.FromHours(1) });
        command.Parameters.Add(new() { Value = most });
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }
}
