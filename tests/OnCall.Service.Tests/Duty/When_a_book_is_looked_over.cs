using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Service.Escalation;
using OnCall.Service.Rotas;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Duty;

public sealed class When_a_book_is_looked_over(TestDatabase databases) : IAsyncLifetime
{
    private static readonly Instant MondayMorning = Instant.FromUtc(2027, 1, 4, 5, 0);

    private readonly FakeTimeProvider _time = new(MondayMorning.ToDateTimeOffset());
    private OwnDatabase _database = null!;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await databases.CreateAsync();
        _service = await RunningService.StartAsync(_database.ConnectionString, adjust: builder => builder.Services.AddSingleton<TimeProvider>(_time));
        var draft = RotaDocument.Read("""
            timeZone: Europe/London
            advisers:
              - { id: a.alder, name: Ash Alder, phone: "+447700900101" }
              - { id: b.birch, name: Bryony Birch, phone: "+447700900102" }
              - { id: c.cedar, name: Corin Cedar, phone: "+447700900103" }
            rotas:
              - id: days
                cover: 0
                layers: [{ name: shifts, pattern: { start: 2026-12-07, shifts: { E: "07:00-15:00" }, cycle: [E, off, off, off, off, off, off], teams: [{ advisers: [a.alder] }] } }]
              - id: nights
                layers: [{ name: turns, rotation: { start: 2026-12-07T00:00, turn: P1W, advisers: [b.birch, c.cedar] } }]
            """u8.ToArray(), DocumentForm.Yaml);
        await _service.Services.GetRequiredService<BookStore>().PublishAsync([draft], prune: false, dryRun: false, new Origin("test", "test"), Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Should_have_nothing_to_say_while_nobody_was_called() => (await WarningsAsync()).ShouldBeEmpty();

    [Fact]
    public async Task Should_take_who_took_a_call_at_night_for_somebody_who_was_at_work_until_the_officer_had_left()
    {
        await TakenAsync("a.alder", MondayMorning - Duration.FromHours(3), MondayMorning - Duration.FromHours(2));

        var warning = (await WarningsAsync()).ShouldHaveSingleItem();

        warning.GetProperty("rule").GetString().ShouldBe("rest-in-a-day");
        warning.GetProperty("concerns").GetString().ShouldBe("a.alder");
        warning.GetProperty("start").GetString().ShouldBe("2027-01-04T02:00:00+00:00");
        warning.GetProperty("times").GetInt32().ShouldBe(1);
        warning.GetProperty("sentence").GetString().ShouldBe(
            "11 h of rest in 24: a.alder was called and is at work too soon again from Mon 4 Jan 2027 02:00 GMT to Mon 4 Jan 2027 15:00 GMT (4 h of rest, 7 h too little).");
    }

    [Fact]
    public async Task Should_count_a_quarter_of_an_hour_for_one_who_picked_up_and_passed()
    {
        await PassedAsync("a.alder", MondayMorning - Duration.FromHours(1));

        (await WarningsAsync()).ShouldHaveSingleItem().GetProperty("sentence").GetString()!.ShouldEndWith("(2 h 45 min of rest, 8 h 15 min too little).");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<List<JsonElement>> WarningsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/warnings");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.AdminKey);
        using var answer = await _service.Http.SendAsync(request, Stop);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return [.. JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Stop)).GetProperty("warnings").EnumerateArray()];
    }

    private Task TakenAsync(string adviser, Instant from, Instant to) => AddAsync(new EnquiryRow
    {
        Id = Guid.NewGuid(),
        Ref = "4821",
        State = "closed",
        AcceptedBy = adviser,
        OpenedAt = from,
        AcceptedAt = from,
        EndedAt = MondayMorning,
        Document = JsonSerializer.Serialize(new { officerLeftAt = to.ToDateTimeOffset() }),
    });

    private async Task PassedAsync(string adviser, Instant at)
    {
        var enquiry = new EnquiryRow { Id = Guid.NewGuid(), Ref = "4822", State = "closed", OpenedAt = at, EndedAt = at, Document = "{}" };
        await AddAsync(enquiry);
        await AddAsync(new TimelineRow { EnquiryId = enquiry.Id, At = at, Event = "page-declined", Adviser = adviser });
    }

    private async Task AddAsync(object row)
    {
        await using var db = await _service.Services.GetRequiredService<IDbContextFactory<OnCallDb>>().CreateDbContextAsync(Stop);
        db.Add(row);
        await db.SaveChangesAsync(Stop);
    }
}
