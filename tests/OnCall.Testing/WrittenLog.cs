using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace OnCall.Testing;

/// <summary>
/// What a node writes into its log, at the product's levels and in its form, what its metrics show, and the errors of its API. Nothing of log and metrics may hold a telephone number, a key or a
/// token, or what somebody texted or noted, and no error a key or a token: a test in which one does fails when the node is put away.
/// </summary>
public sealed partial class WrittenLog : ILogEventSink
{
    /// <summary>Shorter words are commands, and stand in many sentences.</summary>
    private const int ShortestWords = 8;

    private static readonly RenderedCompactJsonFormatter Form = new();

    private readonly ConcurrentDictionary<string, int> _lines = new();
    private readonly ConcurrentDictionary<string, bool> _words = new();
    private readonly ConcurrentBag<string> _errorsWithSecrets = [];

    public void Emit(LogEvent logEvent)
    {
        using var line = new StringWriter();
        Form.Format(logEvent, line);
        Add(line.ToString());
    }

    /// <summary>Keeps a line once, but for its time: a loop that fails all night says the same a hundred thousand times.</summary>
    public void Add(string line) => _lines.AddOrUpdate(line[Math.Max(0, line.IndexOf("\"@m\"", StringComparison.Ordinal))..], 1, (_, times) => times + 1);

    /// <summary>The names and labels of metrics, from OpenMetrics text; their values are mere numbers, and may look like anything.</summary>
    public void AddMetrics(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var labels = line.IndexOf("} ", StringComparison.Ordinal);
            Add(line.StartsWith('#') ? line : labels >= 0 ? line[..labels] : line.Split(' ')[0]);
        }
    }

    /// <summary>What somebody sent over the API.</summary>
    public void AddWords(string words) => _words.TryAdd(words, true);

    /// <summary>An error of the API. It may repeat what the caller sent, but for keys and tokens.</summary>
    public void AddError(string text)
    {
        if (Key().IsMatch(text) || text.Contains(RunningService.AdminKey, StringComparison.Ordinal) || text.Contains(RunningService.AuthToken, StringComparison.Ordinal))
        {
            _errorsWithSecrets.Add(text);
        }
    }

    /// <summary>Whether a line says something.</summary>
    public bool Holds(string text) => _lines.Keys.Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>How many lines say all of this.</summary>
    public int Count(params string[] texts) => _lines.Where(line => Array.TrueForAll(texts, text => line.Key.Contains(text, StringComparison.Ordinal))).Sum(line => line.Value);

    /// <summary>The lines that hold what they must not.</summary>
    /// <param name="words">What people wrote.</param>
    public IReadOnlyList<string> Finds(params IEnumerable<string> words)
    {
        string[] secrets = [RunningService.AdminKey, RunningService.AuthToken, .. words.Concat(_words.Keys).Where(text => text.Length >= ShortestWords)];
        return [.. _errorsWithSecrets, .. _lines.Keys.Where(line => Secret().IsMatch(line) || Array.Exists(secrets, secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <exception cref="InvalidOperationException">There are such lines.</exception>
    public void Check(params IEnumerable<string> words)
    {
        if (Finds(words) is [var first, ..] finds)
        {
            throw new InvalidOperationException($"A number, a key or somebody's words stand in {finds.Count} lines of the log, in the metrics or in errors; the first is: {first}");
        }
    }

    /// <summary>
    /// A number of the United Kingdom, where all of the tests are from, in any form; an API key, or the token of a provider; the address of a calendar. Ids are longer, and of hexadecimal digits.
    /// </summary>
    [GeneratedRegex("""(?<![0-9A-Za-z.])(\+|%2B|00)?44[0-9]{9,10}(?![0-9A-Za-z])|(?<![0-9A-Za-z.])0[127][0-9]{9}(?![0-9A-Za-z])|oncall_[A-Za-z0-9_-]{43}|eyJ[A-Za-z0-9_-]{10,}\.eyJ|/calendars/[A-Za-z0-9_-]{20,}""", RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();

    [GeneratedRegex("oncall_[A-Za-z0-9_-]{43}|eyJ[A-Za-z0-9_-]{10,}[.]eyJ")]
    private static partial Regex Key();
}
