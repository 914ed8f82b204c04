using System.CommandLine;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Service.Duty;
using OnCall.Service.Ops;
using OnCall.Service.Tools;

namespace OnCall.Service.Access;

/// <summary><c>oncall key create</c>, <c>key list</c> and <c>key delete</c>: API keys; <c>key renew</c>: <see cref="RenewKeyCommand"/>.</summary>
internal static class KeyCommands
{
    public static Command Create(string[] settings) => new("key", "API keys: for each person and each system one, with a role.")
    {
        CreateKey(settings), ListKeys(settings), RenewKeyCommand.Create(settings), DeleteKey(settings),
    };

    private static Command CreateKey(string[] settings)
    {
        var name = new Option<string>("--name") { Description = $"Whose it is: {KeyName.Takes}.", Required = true };
        var role = new Option<string>("--role") { Description = $"What it may: {string.Join(", ", Roles.All)}.", Required = true };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var expires = ExpiresOption("never");
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
        var name = NameOrId();
        var command = new Command("delete", "Deletes a key; every node refuses it within seconds.") { name };
        command.SetAction((words, stop) => DeleteAsync(words, settings, words.GetRequiredValue(name), stop));
        return command.Anywhere();
    }

    public static Argument<string> NameOrId() => new("NAME") { Description = "The key's name, or its id." };

    public static Option<string?> ExpiresOption(string otherwise) =>
        new("--expiry") { Description = $"From when it is refused: {AskedTime.Takes}, or without the offset in UTC. Default: {otherwise}." };

    /// <exception cref="OperatorException">No key is called so.</exception>
    public static async Task<KeyAnswer> FindAsync(ITarget target, string nameOrId, CancellationToken stop)
    {
        var keys = (await target.KeysAsync(stop)).Keys.ToList();
        return keys.FirstOrDefault(key => key.Name == nameOrId) ?? keys.FirstOrDefault(key => key.Id.ToString() == nameOrId)
            ?? throw new OperatorException($"No key is called {nameOrId}; `oncall key list` lists them.");
    }

    /// <summary>What <c>--expiry</c> says, as the API takes it; null = nothing.</summary>
    /// <exception cref="OperatorException">It is no time of the future.</exception>
    public static string? Expiry(string? said)
    {
        var until = said is null ? (Instant?)null : AskedTime.Parse("--expiry", said, DateTimeZone.Utc);
        return until <= TimeProvider.System.GetCurrentInstant()
            ? throw new OperatorException("--expiry must lie in the future.")
            : until is { } at ? AskedTime.Show(at, DateTimeZone.Utc) : null;
    }

    /// <summary>A secret that is shown once.</summary>
    public static async Task ShowAsync(ParseResult words, KeyAnswer made)
    {
        await Output.WriteAsync(words, made, [made.Secret!]);
        await words.Errors().WriteLineAsync("Keep it now: it is shown this once, and stored nowhere.");
    }

    private static async Task<int> CreateAsync(ParseResult words, string[] settings, NewKey wish, CancellationToken stop)
    {
        if (!KeyName.IsOne(wish.Name))
        {
            throw new OperatorException($"--name takes {KeyName.Takes}.");
        }

        var expires = Expiry(wish.Expiry);
        using var target = ITarget.Of(words, settings);
        await ShowAsync(words, await target.CreateKeyAsync(wish with { Expiry = expires }, stop));
        return 0;
    }

    private static async Task<int> ListAsync(ParseResult words, string[] settings, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        var keys = await target.KeysAsync(stop);
        await Output.WriteAsync(
            words,
            keys,
            keys.Keys.Select(key => $"{key.Name}: {key.Role}{(key.Desks is { } desks ? $" limited to {string.Join(", ", desks)}" : "")}, {Told("expiry", key.Expiry, "never expires")}, {Told("last used", key.LastUsed, "not used yet")}{(OldSecret(key) is { } old ? $", old secret {old}" : "")}"),
            () => Output.Table(
                ["Name", "Role", "Desks", "Expires", "Last used", "Old secret"],
                keys.Keys.Select(key => new[] { key.Name, key.Role, string.Join(", ", key.Desks ?? []), Told("", key.Expiry, "never"), Told("", key.LastUsed, "not yet"), OldSecret(key) ?? "" })));
        return 0;
    }

    private static async Task<int> DeleteAsync(ParseResult words, string[] settings, string name, CancellationToken stop)
    {
        using var target = ITarget.Of(words, settings);
        var key = await FindAsync(target, name, stop);
        await target.DeleteKeyAsync(key.Id, stop);
        await Output.WriteAsync(words, key, [$"{key.Name} is deleted."]);
        return 0;
    }

    /// <summary>What is to be known of the secret before a renewal; null = there is none.</summary>
    private static string? OldSecret(KeyAnswer key) => key.Previous is not { } old ? null
        : $"{Told(AskedTime.Parse(old.Until) > TimeProvider.System.GetCurrentInstant() ? "good until" : "ended", old.Until, "")}, {Told("last used", old.LastUsed, "not used since the renewal")}";

    private static string Told(string what, string? at, string otherwise) => at is null ? otherwise : $"{what} {Tell(at)}".TrimStart();

    /// <summary>A time of an answer, for people.</summary>
    public static string Tell(string at) => AskedTime.Tell(AskedTime.Parse(at)!.Value, DateTimeZone.Utc);
}
