using System.Globalization;
using System.Text.Json;

namespace OnCall.Service.Tools;

/// <summary>The service said no, and why.</summary>
/// <param name="faults">What is wrong with what was sent: each sentence with the path of what it is about; or what of it lies outside the key's desks.</param>
internal sealed class RefusedException(string message, IReadOnlyList<string> faults) : Exception(message)
{
    public IReadOnlyList<string> Faults => faults;

    public static async Task<RefusedException> OfAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var problem = await ReadAsync(answer, stop);
        var faults = (problem.Errors ?? []).SelectMany(error => error.Value.Select(sentence => $"{sentence} ({error.Key})")).Concat(problem.Needs ?? []).ToList();
        var message = problem.Detail ?? problem.Title ?? "no reason given";
        return new RefusedException(string.Create(CultureInfo.InvariantCulture, $"The service refuses ({(int)answer.StatusCode}): {message}"), faults);
    }

    /// <summary>What is no problem document comes from something in between.</summary>
    private static async Task<Problem> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<Problem>(JsonSerializerOptions.Web, stop) ?? new Problem(null, answer.ReasonPhrase, null);
        }
        catch (JsonException)
        {
            return new Problem(null, answer.ReasonPhrase, null);
        }
    }

    private sealed record Problem(string? Title, string? Detail, Dictionary<string, string[]>? Errors, string[]? Needs = null);
}
