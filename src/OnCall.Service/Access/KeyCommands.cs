using System.CommandLine;
using NodaTime;
using OnCall.Service.Audit;
using OnCall.Service.Duty;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Access;

/// <summary><c>oncall key create</c>, <c>key list</c> and <c>key delete</c>: API keys.</summary>
internal static class KeyCommands
{
    public static Command Create(string[] settings) => new("key", "API keys: for each person and each system one, with a role.")
    {
        CreateKey(settings), ListKeys(settings), DeleteKey(settings),
    };

    private static Command CreateKey(string[] settings)
    {
        var name = new Option<string>("--name") { Description = $"Whose it is: {KeyName.Takes}.", Required = true };
        var role = new Option<string>("--role") { Description = $"What it may: {string.Join(", ", Roles.All)}.", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var expires = new Option<string?>("--expires") { Description = $"From when it is refused: {AskedTime.Takes}, or without the offset in UTC. Default: never." };
        var desks = new Option<string[]>("--desk") { Description = "Desks to which a coordinator's changes are limited. Default: to none.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("create", "Makes a key and writes its secret, this once.") { name, role, expires, desks };
        command.SetAction((words, stop) => CreateAsync(
            settings, new KeyWish(words.GetRequiredValue(name), words.GetRequiredValue(role)) { Desks = words.GetValue(desks) is { Length: > 0 } some ? some : null }, words.GetValue(expires), stop));
        return command;
    }

    private static Command ListKeys(string[] settings)
    {
        var command = new Command("list", "The keys: role, expiry and last use.");
        command.SetAction((_, stop) => ListAsync(settings, stop));
        return command;
    }

    private static Command DeleteKey(string[] settings)
    {
        var name = new Argument<string>("NAME") { Description = "The key's name." };
        var command = new Command("delete", "Deletes a key; every node refuses it within seconds.") { name };
        command.SetAction((words, stop) => DeleteAsync(settings, words.GetRequiredValue(name), stop));
        return command;
    }

    private static async Task<int> CreateAsync(string[] settings, KeyWish wish, string? expires, CancellationToken stop)
    {
        if (!KeyName.IsOne(wish.Name))
        {
            throw new OperatorException($"--name takes {KeyName.Takes}.");
        }

        using var host = Rooms.BuildTool(settings);
        var until = expires is null ? (Instant?)null : AskedTime.Parse("--expires", expires, DateTimeZone.Utc);
        if (until <= Instant.FromDateTimeOffset(host.Services.GetRequiredService<TimeProvider>().GetUtcNow()))
        {
            throw new OperatorException("--expires must lie in the future.");
        }

        if (wish.WrongDesks(await host.Services.GetRequiredService<BookStore>().LoadAsync(stop)) is { } wrong)
        {
            throw new OperatorException($"--desk: {wrong}");
        }

        var created = await host.Services.GetRequiredService<KeyStore>().CreateAsync(wish with { Expires = until }, Origin.CommandLine, stop)
            ?? throw new OperatorException($"A key is called {wish.Name} already; delete it first, or choose another name.");
        await Console.Out.WriteLineAsync(created.Secret);
        await Console.Error.WriteLineAsync("Keep it now: it is shown this once, and stored nowhere.");
        return 0;
    }

    private static async Task<int> ListAsync(string[] settings, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        foreach (var row in await host.Services.GetRequiredService<KeyStore>().ListAsync(stop))
        {
            await Console.Out.WriteLineAsync($"{row.Name}: {row.Role}{Limits(row)}, {Told("expires", row.ExpiresAt, "never expires")}, {Told("last used", row.LastUsedAt, "not used yet")}");
        }

        return 0;
    }

    private static async Task<int> DeleteAsync(string[] settings, string name, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var store = host.Services.GetRequiredService<KeyStore>();
        var row = (await store.ListAsync(stop)).Find(row => row.Name == name) ?? throw new OperatorException($"No key is called {name}; `oncall key list` lists them.");
        await store.DeleteAsync(row.Id, Origin.CommandLine, stop);
        await Console.Out.WriteLineAsync($"{name} is deleted.");
        return 0;
    }

    private static string Limits(ApiKeyRow row) => row.Desks is { } desks ? $" limited to {string.Join(", ", desks)}" : "";

    private static string Told(string what, Instant? at, string otherwise) => at is { } known ? $"{what} {AskedTime.Tell(known, DateTimeZone.Utc)}" : otherwise;
}
