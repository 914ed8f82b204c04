using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using NodaTime;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Access;
using OnCall.Service.Duty;
using OnCall.Service.Escalation;
using OnCall.Service.Ops;
using OnCall.Service.Rotas;

namespace OnCall.Service.Tools;

/// <summary>OnCall by the API of a service elsewhere.</summary>
internal sealed class ServiceTarget : ITarget
{
    private readonly HttpClient _http;

    public ServiceTarget(Uri address, string key)
    {
        _http = new HttpClient { BaseAddress = new Uri($"{address.AbsoluteUri.TrimEnd('/')}/api/v1/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<RotaBook> BookAsync(CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "export");
        request.Headers.Accept.ParseAdd(MediaTypeNames.Application.Json);
        using var answer = await SendAsync(request, stop);
        return Book(await answer.Content.ReadAsStringAsync(stop));
    }

    public async Task<RotaBook> BookAsync(Instant at, CancellationToken stop)
    {
        if (await InForceAsync(at, stop) is not { } revision)
        {
            return await BookAsync(stop);
        }

        var answer = await GetAsync<RevisionAnswer>(string.Create(CultureInfo.InvariantCulture, $"revisions/{revision}"), stop);
        return Book(answer.Document!.ToJsonString());
    }

    public async Task<ImportOutcome> ImportAsync(ImportWish wish, bool dryRun, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"import?{wish.Query}&dryRun={(dryRun ? "true" : "false")}") { Content = new ByteArrayContent(await wish.BytesAsync(stop)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(wish.ContentType);
        return await OutcomeAsync(request, stop);
    }

    public async Task<RevisionsAnswer> RevisionsAsync(int limit, CancellationToken stop) =>
        await GetAsync<RevisionsAnswer>(string.Create(CultureInfo.InvariantCulture, $"revisions?limit={limit}"), stop);

    public async Task<ImportOutcome> RestoreAsync(long revision, bool dryRun, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"revisions/{revision}/restore?dryRun={(dryRun ? "true" : "false")}"));
        return await OutcomeAsync(request, stop);
    }

    public Task<WarningsAnswer> WarningsAsync(CancellationToken stop) => GetAsync<WarningsAnswer>("warnings", stop);

    public Task<EnquiryView> EnquiryAsync(string reference, CancellationToken stop) => GetAsync<EnquiryView>($"enquiries/{Uri.EscapeDataString(reference)}", stop);

    public async Task<KeysAnswer> KeysAsync(CancellationToken stop)
    {
        var keys = new List<KeyAnswer>();
        for (string? after = ""; after is not null;)
        {
            var page = await GetAsync<KeysAnswer>($"keys?limit={Asked.LargestPage}&after={Uri.EscapeDataString(after)}", stop);
            keys.AddRange(page.Keys);
            after = page.Next;
        }

        return new KeysAnswer(keys, Next: null);
    }

    public Task<KeyAnswer> CreateKeyAsync(NewKey wish, CancellationToken stop) => PostAsync<KeyAnswer>("keys", JsonContent.Create(wish), stop);

    public Task<KeyAnswer> RenewKeyAsync(Guid id, RenewedKey wish, CancellationToken stop) => PostAsync<KeyAnswer>($"keys/{id}/renew", JsonContent.Create(wish), stop);

    public async Task DeleteKeyAsync(Guid id, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"keys/{id}");
        using var answer = await SendAsync(request, stop);
    }

    public void Dispose() => _http.Dispose();

    private static RotaBook Book(string json)
    {
        try
        {
            return RotaCheck.Check([RotaDocument.ReadStored(json)], BookContent.Empty, prune: true).Content is { } content
                ? new RotaBook(0, content)
                : throw new OperatorException("The service's rotas cannot be read: it is of another version than this program.");
        }
        catch (UnreadableDocumentException)
        {
            throw IsNoOnCall();
        }
    }

    private static OperatorException IsNoOnCall() => new("--url: what answers there is no OnCall of this version.");

    /// <summary>The revision that was in force at an instant; null = none was yet.</summary>
    private async Task<long?> InForceAsync(Instant at, CancellationToken stop)
    {
        for (var page = "revisions"; ;)
        {
            var answer = await GetAsync<RevisionsAnswer>(page, stop);
            var inForce = answer.Revisions.FirstOrDefault(revision => AskedTime.Parse(revision.At) <= at);
            if (inForce is not null || answer.Next is null)
            {
                return inForce?.Revision;
            }

            page = string.Create(CultureInfo.InvariantCulture, $"revisions?after={answer.Next}");
        }
    }

    /// <summary>A document that is refused is an answer, too: everything that is wrong with it.</summary>
    private async Task<ImportOutcome> OutcomeAsync(HttpRequestMessage request, CancellationToken stop)
    {
        try
        {
            using var answer = await SendAsync(request, stop);
            return new ImportOutcome(await ReadAsync<ImportAnswer>(answer, stop), []);
        }
        catch (RefusedException refused) when (refused.Faults.Count > 0)
        {
            return new ImportOutcome(null, refused.Faults);
        }
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await SendAsync(request, stop);
        return await ReadAsync<T>(answer, stop);
    }

    private async Task<T> PostAsync<T>(string path, HttpContent content, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        using var answer = await SendAsync(request, stop);
        return await ReadAsync<T>(answer, stop);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, stop) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw IsNoOnCall();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, stop);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new OperatorException($"--url: {_http.BaseAddress!.Authority} cannot be reached: {e.Message.TrimEnd('.')}.");
        }

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            throw answer.StatusCode == HttpStatusCode.Unauthorized
                ? new OperatorException($"The service does not take the key. It may have expired; set another as {ToolOptions.KeyVariable}.")
                : await RefusedException.OfAsync(answer, stop);
        }
    }
}
