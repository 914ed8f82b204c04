using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using OnCall.Simulator;
using Shouldly;

namespace OnCall.Testing;

public sealed partial class World
{
    public Phone Phone(string number) => Twilio.Phone(number);

    /// <summary>The texts that a phone got, in order.</summary>
    public IReadOnlyList<string> Texts(string number) => [.. Phone(number).Inbox.Select(text => text.Body)];

    /// <summary>How often a phone was called.</summary>
    public int Rings(string number) => Phone(number).Calls.Count(call => call.Direction == "outbound-api");

    /// <summary>An officer calls the line, presses a key at the end of the menu, and waits in the queue.</summary>
    /// <param name="key">Null = none.</param>
    public async Task<PhoneCall> CallAsync(string? key = "1", string from = Officer, bool withheld = false)
    {
        var call = Phone(from).Dial(Line, withheld);
        await UntilAsync(() => call.Position == "gathering");
        call.Press(key ?? "");
        await UntilAsync(() => call.Position.StartsWith("queue", StringComparison.Ordinal));
        return call;
    }

    /// <summary>A phone texts the line, and it is seen for some seconds what comes of it.</summary>
    public async Task TextAsync(string from, string body)
    {
        Phone(from).Text(Line, body);
        await PassAsync(TimeSpan.FromSeconds(5));
    }

    /// <summary>The only enquiry, as the API shows it to an auditor.</summary>
    public async Task<SeenEnquiry> EnquiryAsync() => (await EnquiriesAsync()).ShouldHaveSingleItem(Story());

    /// <summary>Every enquiry, at most 500, the newest first.</summary>
    public async Task<IReadOnlyList<SeenEnquiry>> EnquiriesAsync()
    {
        await SettleAsync();
        return [.. (await AskAsync(HttpMethod.Get, "enquiries?limit=500")).GetProperty("items").EnumerateArray().Select(SeenEnquiry.Of)];
    }

    /// <summary>Asks the API with the administrator's key.</summary>
    /// <param name="path">Below <c>/api/v1/</c>.</param>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{_nodes[0].Http.BaseAddress}api/v1/{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await _nodes[0].Http.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Asserts that Twilio had nothing to object to, that no phone was rung twice at once, and that nothing is left in the outbox.</summary>
    public void ShouldBeFlawless()
    {
        Twilio.Problems.Select(problem => $"{problem.Code} {problem.Subject}: {problem.Message}").ShouldBeEmpty(Story());
        ShouldRingNobodyTwiceAtOnce();
        Outbox().ShouldBeEmpty(Story());
    }

    /// <summary>Asserts that no phone rang for a second call while the first one still rang.</summary>
    public void ShouldRingNobodyTwiceAtOnce() => Twilio.ShouldRingNobodyTwiceAtOnce();

    /// <summary>What every leg heard and every phone read, for the message of a failed assertion.</summary>
    public string Story() => Twilio.Story();

    /// <summary>What a query of the database gives, one text a row.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>But for looks for a message: where the word of it comes after that of the officer's hanging up, they wait for their time, and find that it has come.</summary>
    private List<string> Outbox()
    {
        using var command = _source.CreateCommand("SELECT effect ->> 'is' FROM outbox WHERE effect ->> 'is' <> 'find-message' ORDER BY id");
        using var reader = command.ExecuteReader();
        var effects = new List<string>();
        while (reader.Read())
        {
            effects.Add(reader.GetString(0));
        }

        return effects;
    }
}
