using System.CommandLine;

namespace OnCall.Service.Tools;

/// <summary>What every command takes that asks or changes something.</summary>
internal static class ToolOptions
{
    /// <summary>The environment variable that holds the key.</summary>
    public const string KeyVariable = "ONCALL_KEY";

    public static readonly Option<bool> Json = new("--json") { Description = "Writes the answer as JSON, in the shapes of the API." };

    public static readonly Option<string?> Url = new("--url") { Description = "Asks a service elsewhere, for example https://oncall.example.org, and not this node's database." };

    public static readonly Option<string?> Key = new("--key")
    {
        Description = $"With --url: a key of that service. Better in the environment, as {KeyVariable}: the others on this machine can read what was typed.",
    };

    /// <summary>The command works on this node's database, or on a service elsewhere.</summary>
    /// <param name="command">One that has a --key of its own keeps it; the key is then taken from the environment alone.</param>
    public static Command Anywhere(this Command command)
    {
        command.Add(Json);
        command.Add(Url);
        if (command.Options.All(option => option.Name != Key.Name))
        {
            command.Add(Key);
        }

        return command;
    }
}
