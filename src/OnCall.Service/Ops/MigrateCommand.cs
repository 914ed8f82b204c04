using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OnCall.Service.Data;
using OnCall.Service.Tools;

namespace OnCall.Service.Ops;

/// <summary><c>oncall migrate</c>: brings the database to this version. Several nodes may run it at once: the history table's lock lets one at a time.</summary>
internal static class MigrateCommand
{
    public static Command Create(string[] settings)
    {
        var command = new Command("migrate", "Brings the database to this version; safe to run from several nodes at once.");
        command.SetAction((words, stop) => RunAsync(words, settings, stop));
        return command;
    }

    /// <summary>Whether a database is not at this version.</summary>
    public static async Task<bool> IsBehindAsync(IDbContextFactory<OnCallDb> databases, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);

        // A database that does not exist, or a connection that is reset, would only look like an empty one.
        await db.Database.OpenConnectionAsync(stop);
        return (await db.Database.GetPendingMigrationsAsync(stop)).Any();
    }

    /// <summary>Applies what is not applied yet.</summary>
    /// <param name="services">Of a host with the database's room.</param>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken stop)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(stop);

        // The wait for another node's migration counts against this time-out too.
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        try
        {
            await db.Database.MigrateAsync(stop);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // The database did not exist, and another node was first to create it.
            await db.Database.MigrateAsync(stop);
        }
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        await MigrateAsync(host.Services, stop);
        await words.Out().WriteLineAsync("The database is at this version.");
        return 0;
    }
}
