using System.CommandLine;
using OnCall.Service.Ops;
using OnCall.Service.Tools;

namespace OnCall.Service.Access;

/// <summary><c>oncall key renew</c>: a new secret for an API key, while the one before goes on for a time.</summary>
internal static class RenewKeyCommand
{
    public static Command Create(string[] settings)
    {
        var name = KeyCommands.NameOrId();
        var overlap = new Option<int>("--overlap")
        {
            Description = $"For how many hours the old secret stays good, 0 to {RenewalWish.MostHours}; 0 = it ends at once.",
            DefaultValueFactory = _ => RenewalWish.UsualHours,
        };
        var expires = KeyCommands.ExpiresOption("as before");
        var command = new Command("renew", "Gives a key a new secret and writes it, this once. The old one stays good for a time; `oncall key list` says who still uses it.") { name, overlap, expires };
        command.SetAction((words, stop) => RunAsync(words, settings, words.GetRequiredValue(name), new RenewedKey(words.GetValue(overlap), words.GetValue(expires)), stop));
        return command.Anywhere();
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, string name, RenewedKey wish, CancellationToken stop)
    {
        if (wish.OverlapHours is < 0 or > RenewalWish.MostHours)
        {
            throw new OperatorException($"--overlap takes 0 to {RenewalWish.MostHours} hours.");
        }

        var expires = KeyCommands.Expiry(wish.Expiry);
        using var target = ITarget.Of(words, settings);
        var key = await KeyCommands.FindAsync(target, name, stop);
        var renewed = await target.RenewKeyAsync(key.Id, wish with { Expiry = expires }, stop);
        await KeyCommands.ShowAsync(words, renewed);
        await words.Errors().WriteLineAsync(renewed.Previous is { } old ? $"The old secret is good until {KeyCommands.Tell(old.Until)}." : "The old secret is refused from now on, on every node within seconds.");
        return 0;
    }
}
