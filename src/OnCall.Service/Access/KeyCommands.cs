using System.CommandLine;
using NodaTime;
using OnCall.Service.Duty;
using OnCall.Service.Ops;
using OnCall.Service.Tools;

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
            words, settings, new NewKey(words.GetRequiredValue(name), words.GetRequiredValue(role), words.GetValue(expires), words.GetValue(desks) is { Length: > 0 } some ? some : null), stop));
        return command.Anywhere();
    }

    private static Command ListKeys(string[] settings)
    {
        var command = new Command("list", "The keys: role, expiry and last use.");
        command.SetAction((words, stop) => ListAsync(words, settings, stop));
        return command.Anywhere();
    }

    private static Command DeleteKey(string[] settings)
    {
        var name = new Argument<string>("NAME") { Description = "The key's name." };
        var command = new Command("delete", "Deletes a key; every node refuses it within seconds.") { name };
        command.SetAction((words, stop) => DeleteAsync(words, settings, words.GetRequiredValue(name), stop));
        return command.Anywhere();
    }

    private static async Task<int> CreateAsync(ParseResult words, string[] settings, NewKey wish, CancellationToken stop)
    {
        if (!KeyName.IsOne(wish.Name))
        {
            throw new OperatorException($"--name takes {KeyName.Takes}.");
        }

        var until = wish.Expires is null ? (Instant?)null : AskedTime.Parse("--expires", wish.Expires, DateTimeZone.Utc);
        if (until <= Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()))
        {
            throw new OperatorException("--expires must lie in the future.");
        }

        using var target = ITarget.Of(words, settings);
        var created = await target.CreateKeyAsync(wish with { Expires = until is { } at ? AskedTime.Show(at, DateTimeZone.Utc) : null }, stop);
        await Output.WriteAsync(words, created, [created.Secret!]);
        await Console.Error.WriteLineAsync("Keep it now: it is shown this once, and stored nowhere.");
        return 0;
    }

    private static async Task<int> ListAsync(ParseResult words, string[] settings, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        var keys = await target.KeysAsync(stop);
        await Output.WriteAsync(
            words,
            keys,
            keys.Keys.Select(key => $"{key.Name}: {key.Role}{(key.Desks is { } desks ? $" limited to {string.Join(", ", desks)}" : "")}, {Told("expires", key.Expires, "never expires")}, {Told("last used", key.LastUsed, "not used yet")}"),
            () => Output.Table(
                ["Name", "Role", "Desks", "Expires", "Last used"], keys.Keys.Select(key => new[] { key.Name, key.Role, string.Join(", ", key.Desks ?? []), Told("", key.Expires, "never"), Told("", key.LastUsed, "not yet") })));
        return 0;
    }

    private static async Task<int> DeleteAsync(ParseResult words, string[] settings, string name, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        var key = (await target.KeysAsync(stop)).Keys.FirstOrDefault(key => key.Name == name) ?? throw new OperatorException($"No key is called {name}; `oncall key list` lists them.");
        await target.DeleteKeyAsync(key.Id, stop);
        await Output.WriteAsync(words, key, [$"{name} is deleted."]);
        return 0;
    }

    private static string Told(string what, string? at, string otherwise) => at is null ? otherwise : $"{what} {AskedTime.Tell(AskedTime.Parse(at)!.Value, DateTimeZone.Utc)}".TrimStart();
}
