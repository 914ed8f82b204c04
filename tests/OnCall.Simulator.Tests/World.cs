using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Tests;

/// <summary>A simulator on a clock that stands until a test moves it, with a customer's server.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Line = "+442079460101";
    public const string Officer = "+447700900001";
    public const string Adviser = "+447700900101";
    public const string Adviser2 = "+447700900102";

    private readonly HttpClient rest;

    private World(TwilioSimulator sim, Customer customer, FakeTimeProvider time)
    {
        (Sim, Customer, Time) = (sim, customer, time);
        rest = new HttpClient { BaseAddress = new Uri(sim.BaseAddress, $"2010-04-01/Accounts/{sim.AccountSid}/") };
        rest.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{sim.AccountSid}:{sim.AuthToken}")));
    }

    public TwilioSimulator Sim { get; }

    public Customer Customer { get; }

    public FakeTimeProvider Time { get; }

    public static async Task<World> CreateAsync(Func<SimulatorOptions, SimulatorOptions>? options = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2027, 3, 6, 22, 0, 0, TimeSpan.Zero));
        var given = new SimulatorOptions { Time = time };
        var sim = await TwilioSimulator.StartAsync(options?.Invoke(given) ?? given);
        var customer = await Customer.StartAsync();
        sim.AddNumber(Line, voiceUrl: customer.At("/voice"), smsUrl: customer.At("/sms"), voiceFallbackUrl: customer.At("/fallback"), smsFallbackUrl: customer.At("/sms-fallback"), statusCallback: customer.At("/ended"));
        return new World(sim, customer, time);
    }

    /// <summary>Waits until nothing is under way.</summary>
    public Task SettleAsync() => Sim.WaitForAsync(() => Sim.InFlight == 0, TestContext.Current.CancellationToken);

    /// <summary>Lets time pass, from one thing that happens to the next.</summary>
    public async Task PassAsync(double seconds)
    {
        var until = Time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        await SettleAsync();
        while (Sim.NextTimer is { } next && next <= until)
        {
            Time.SetUtcNow(next);
            await SettleAsync();
        }

        Time.SetUtcNow(until);
        await SettleAsync();
    }

    /// <summary>The officer calls the line, whose document is the one given.</summary>
    public async Task<PhoneCall> CallInAsync(string twiml, bool withheld = false)
    {
        Customer.Says("/voice", twiml);
        var call = Sim.Phone(Officer).Dial(Line, withheld);
        await SettleAsync();
        return call;
    }

    /// <summary>The account calls a phone, which gets the document given.</summary>
    public async Task<PhoneCall> CallOutAsync(string to, string twiml, params (string, string)[] more)
    {
        Customer.Says("/offer", twiml);
        var created = await PostAsync("Calls.json", [("To", to), ("From", Line), ("Url", Customer.At("/offer")), .. more]);
        created.Status.ShouldBe(201, created.Json?.ToJsonString());
        return Sim.Calls.Single(c => c.Sid == created["sid"]);
    }

    public Task<RestReply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, form: null);

    public Task<RestReply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, form: null);

    public Task<RestReply> PostAsync(string path, params (string Name, string Value)[] form) => SendAsync(HttpMethod.Post, path, form);

    public async Task<RestReply> SendAsync(HttpMethod method, string path, (string Name, string Value)[]? form)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? new Uri(Sim.BaseAddress, path) : new Uri(path, UriKind.Relative));
        if (form is not null)
        {
            request.Content = new StringContent(new Parameters(form.Select(f => KeyValuePair.Create(f.Name, f.Value))).Encode(), Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        using var response = await rest.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new RestReply((int)response.StatusCode, isJson ? JsonNode.Parse(bytes)!.AsObject() : null, bytes, response.Content.Headers.ContentType?.MediaType);
    }

    public async ValueTask DisposeAsync()
    {
        rest.Dispose();
        await Sim.DisposeAsync();
        await Customer.DisposeAsync();
    }
}

internal sealed record RestReply(int Status, JsonObject? Json, byte[] Bytes, string? ContentType)
{
    public string? this[string name] => Json?[name]?.ToString();

    public int? Code => (int?)Json?["code"];
}
