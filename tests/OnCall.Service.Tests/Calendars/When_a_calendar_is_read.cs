using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ical.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Extensions;
using OnCall.Service.Audit;
using OnCall.Service.Calendars;
using OnCall.Service.Data;
using OnCall.Service.Rotas;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Calendars;

public sealed class When_a_calendar_is_read(TestDatabase databases) : IAsyncLifetime
{
    private const string Book = """
        timeZone: Europe/London
        advisers:
          - { id: a.alder, name: Ash Alder, phone: "+447700900101" }
          - { id: b.birch, name: Bryony Birch, phone: "+447700900102" }
        rotas: [{ id: duty, name: "Duty desk, first", layers: [{ name: weeks, rotation: { start: 2026-01-05T09:00, turn: P1W, advisers: [a.alder, b.birch] } }] }]
        """;

    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString);
        await PublishAsync(Book);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("rotas/duty", "Duty desk, first", "Ash Alder", 58)]
    [InlineData("advisers/a.alder", "On call: Ash Alder", "Duty desk, first", 29)]
    public async Task Should_show_duty_by_names_alone_without_a_key(string subject, string name, string title, int atLeast)
    {
        var (status, text, headers) = await ReadAsync(await RenewAsync(subject));

        status.ShouldBe(HttpStatusCode.OK);
        headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");
        var calendar = Calendar.Load(text).ShouldNotBeNull();
        calendar.Properties["X-WR-CALNAME"]!.Value.ShouldBe(name);
        calendar.Events.Count.ShouldBeGreaterThanOrEqualTo(atLeast, "431 days of weeks");
        calendar.Events.Select(entry => entry.Summary).ShouldContain(title);
        text.ShouldNotContain("447700900");
    }

    [Fact]
    public async Task Should_not_be_sent_again_while_nothing_has_changed()
    {
        var address = await RenewAsync("rotas/duty");
        using var first = await _service.Http.GetAsync(address, Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag.ShouldNotBeNull());

        using var second = await _service.Http.SendAsync(request, Stop);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await second.Content.ReadAsByteArrayAsync(Stop)).ShouldBeEmpty();
        (await ReadAsync(address)).Text.ShouldBe(await first.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Should_show_a_change_at_once_with_a_higher_sequence()
    {
        var address = await RenewAsync("rotas/duty");
        using var first = await _service.Http.GetAsync(address, Stop);
        await PublishAsync("advisers: [{ id: a.alder, name: Ashley Alder, phone: \"+447700900101\" }]");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await _service.Http.SendAsync(request, Stop);

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (before, after) = (await EventsAsync(first), await EventsAsync(second));
        after.Keys.ShouldBe(before.Keys, ignoreOrder: true, "the same events");
        after.Values.ShouldContain((2, "Ashley Alder"));
        before.Values.ShouldAllBe(entry => entry.Sequence == 1);
    }

    [Fact]
    public async Task Should_end_at_its_old_address_when_it_is_renewed()
    {
        var old = await RenewAsync("rotas/duty");
        var other = await RenewAsync("advisers/a.alder");

        var address = await RenewAsync("rotas/duty");

        (await ReadAsync(old)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(address)).Status.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync(other)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_end_when_it_is_ended()
    {
        var address = await RenewAsync("advisers/a.alder");

        (await AskAsync(HttpMethod.Delete, "advisers/a.alder/calendar")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await ReadAsync(address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(HttpMethod.Delete, "advisers/a.alder/calendar")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/calendars/x.ics")]
    [InlineData("/calendars/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics")]
    public async Task Should_not_be_found_at_an_address_that_was_never_given(string address)
    {
        await RenewAsync("rotas/duty");

        (await ReadAsync(new Uri(address, UriKind.Relative))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_not_be_made_for_what_there_is_not_nor_without_a_key()
    {
        (await AskAsync(HttpMethod.Post, "rotas/nothing/calendar")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(HttpMethod.Post, "advisers/nobody/calendar")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(HttpMethod.Post, "rotas/duty/calendar", key: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(HttpMethod.Delete, "rotas/duty/calendar", key: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Should_go_empty_from_now_on_when_its_rota_is_taken_away()
    {
        var address = await RenewAsync("rotas/duty");

        await PublishAsync("topics: [other]", "?prune=true");

        var (status, text, _) = await ReadAsync(address);
        status.ShouldBe(HttpStatusCode.OK);
        var calendar = Calendar.Load(text)!;
        calendar.Properties["X-WR-CALNAME"]!.Value.ShouldBe("Duty desk, first");
        calendar.Events.ShouldNotBeEmpty("what was stays");
        calendar.Events.ShouldAllBe(entry => entry.End!.AsUtc <= TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task Should_show_the_past_as_it_was()
    {
        var address = await RenewAsync("rotas/duty");
        var before = await PastAsync(address);

        await PublishAsync(Book.Replace("[a.alder, b.birch]", "[b.birch, a.alder]", StringComparison.Ordinal));

        before.ShouldNotBeEmpty();
        (await PastAsync(address)).ShouldBe(before);
        (await PastAsync(address)).ShouldBe(before, "and so too when it is known already");
    }

    /// <summary>Every reader asks each hour, and all of them for the same.</summary>
    [Fact]
    public async Task Should_work_out_what_it_shows_once_for_all_readers()
    {
        await PublishAsync(Book.Replace("[a.alder, b.birch]", "[b.birch, a.alder]", StringComparison.Ordinal));
        var book = _service.Services.GetRequiredService<CurrentBook>().Book;
        var window = CalendarWindow.At(TimeProvider.System.GetCurrentInstant());
        var published = await _service.Services.GetRequiredService<BookStore>().ListPublishedAsync(window.From, book.Revision, Stop);
        var duty = _service.Services.GetRequiredService<KnownDuty>();

        var pieces = await duty.PiecesAsync(published, book, window, Stop);

        pieces.Count.ShouldBe(2);
        pieces.Zip(await duty.PiecesAsync(published, book, window, Stop)).ShouldAllBe(both => ReferenceEquals(both.First, both.Second));
    }

    [Fact]
    public async Task Should_keep_its_secret_nowhere_but_in_its_address()
    {
        var secret = Path.GetFileNameWithoutExtension((await RenewAsync("rotas/duty")).OriginalString);

        await using var db = await _service.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop);
        (await db.Set<CalendarRow>().SingleAsync(Stop)).SecretHash.ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        var entry = await db.Set<AuditRow>().SingleAsync(row => row.Kind == "calendar", Stop);
        (entry.Subject, entry.Actor).ShouldBe(("rota duty", "admin-key"));
        entry.After!.ShouldNotContain(secret);
        secret.Length.ShouldBe(43, "256 bits");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The path of the address that the service gave.</summary>
    private async Task<Uri> RenewAsync(string subject)
    {
        using var answer = await AskAsync(HttpMethod.Post, $"{subject}/calendar");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var address = (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("address").GetString()!;
        address.ShouldStartWith("https://oncall.example.org/calendars/");
        return new Uri(new Uri(address).AbsolutePath, UriKind.Relative);
    }

    private async Task<(HttpStatusCode Status, string Text, HttpContentHeaders Headers)> ReadAsync(Uri address)
    {
        using var answer = await _service.Http.GetAsync(address, Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop), answer.Content.Headers);
    }

    /// <summary>What was over by the time of the test.</summary>
    private async Task<List<string>> PastAsync(Uri address) => [.. Calendar.Load((await ReadAsync(address)).Text)!.Events
        .Where(entry => entry.End!.AsUtc < TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1))
        .Select(entry => $"{entry.Start!.AsUtc:s} {entry.End!.AsUtc:s} {entry.Summary} {entry.Uid}")];

    private static async Task<Dictionary<string, (int Sequence, string Title)>> EventsAsync(HttpResponseMessage answer) =>
        Calendar.Load(await answer.Content.ReadAsStringAsync(Stop))!.Events.ToDictionary(entry => entry.Uid!, entry => (entry.Sequence, entry.Summary!));

    private async Task PublishAsync(string document, string query = "")
    {
        using var answer = await AskAsync(HttpMethod.Post, $"import{query}", document);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, string? document = null, string? key = RunningService.AdminKey)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        request.Content = document is null ? null : new StringContent(document, Encoding.UTF8, "application/yaml");
        return await _service.Http.SendAsync(request, Stop);
    }
}
