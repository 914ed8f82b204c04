using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using OnCall.Testing;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>Sends requests that must be refused, several at once, and says which were not, and whether any table has changed.</summary>
internal sealed class BadRequestRun(RunningService service, string connectionString, IReadOnlyDictionary<string, string> keys)
{
    private const int AtOnce = 8;

    /// <summary>What can be found out by so many says enough.</summary>
    private const int Most = 10;

    /// <summary>What must not be. Empty = all were refused, and nothing was changed.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(IEnumerable<BadRequest> requests, CancellationToken stop)
    {
        var before = await TableDigests.OfAsync(connectionString, stop);
        var findings = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(requests.TakeWhile(_ => findings.Count < Most), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (request, token) =>
        {
            if (await WrongAsync(request, token) is { } wrong)
            {
                findings.Enqueue($"{wrong} to {request}");
            }
        });
        var after = await TableDigests.OfAsync(connectionString, stop);
        return [.. findings, .. after.Where(table => before[table.Key] != table.Value).Select(table => $"The table {table.Key} has changed: {before[table.Key]} before, {table.Value} now.")];
    }

    private async Task<string?> WrongAsync(BadRequest request, CancellationToken stop)
    {
        using var message = request.ToMessage(service.Http.BaseAddress!, keys);
        using var answer = await service.Http.SendAsync(message, stop);
        var body = await answer.Content.ReadAsByteArrayAsync(stop);
        return (int)answer.StatusCode is < 400 or > 499 ? $"{(int)answer.StatusCode} was answered"
            : IsServersOwn(answer) || IsProblem(answer, body) ? null
            : $"{(int)answer.StatusCode} without a problem document was answered";
    }

    /// <summary>What is no HTTP is refused by the server before any of the service sees it, and the connection is closed.</summary>
    private static bool IsServersOwn(HttpResponseMessage answer) => answer is
    {
        StatusCode: HttpStatusCode.BadRequest or HttpStatusCode.RequestUriTooLong or HttpStatusCode.RequestHeaderFieldsTooLarge,
        Headers.ConnectionClose: true,
    };

    private static bool IsProblem(HttpResponseMessage answer, byte[] body)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return false;
        }

        using var problem = JsonDocument.Parse(body);
        return problem.RootElement.GetProperty("status").GetInt32() == (int)answer.StatusCode && problem.RootElement.GetProperty("title").GetString() is { Length: > 0 };
    }
}
