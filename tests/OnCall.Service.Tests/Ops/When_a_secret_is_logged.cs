using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Ops;

/// <summary>Every node of the tests is searched for numbers, keys and words when it is put away (<see cref="WrittenLog"/>); here it is seen that the search finds them.</summary>
public sealed class When_a_secret_is_logged(TestDatabase databases)
{
    private static readonly string[] Planted =
    [
        "rang +447700900101",
        "GET /api/v1/lines/%2B442079460101/plan",
        "From=447700900201&Body=x",
        "rang 07700900101",
        "Bearer key-for-tests",
        "oncall_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        "https://oncall.example.org/calendars/abcdefghijklmnopqrstuvwxyz.ics",
        "The note is: suspect at the airport",
    ];

    [Fact]
    public async Task Should_fail_the_test()
    {
        await using var database = await databases.CreateAsync();
        var service = await RunningService.StartAsync(
            database.ConnectionString, map: app => app.MapGet("/api/planted", () => Results.Problem("the key is key-for-tests", statusCode: 400)).AllowAnonymous());
        using var note = await service.Http.PostAsJsonAsync("/api/v1/enquiries/4821/notes", new { note = "Suspect at the airport" }, TestContext.Current.CancellationToken);
        using var error = await service.Http.GetAsync(new Uri("/api/planted", UriKind.Relative), TestContext.Current.CancellationToken);
        var logger = service.Services.GetRequiredService<ILoggerFactory>().CreateLogger("planted");
        Array.ForEach(Planted, line => logger.Log(LogLevel.Information, new EventId(1), line, exception: null, (text, _) => text));

        var finds = service.Log.Finds();

        Array.ForEach(Planted, line => finds.Count(find => find.Contains(line, StringComparison.Ordinal)).ShouldBe(1, line));
        finds.Count(find => find.Contains("the key is key-for-tests", StringComparison.Ordinal)).ShouldBe(1);
        finds.Count.ShouldBe(Planted.Length + 1);
        (await Should.ThrowAsync<InvalidOperationException>(async () => await service.DisposeAsync())).Message.ShouldContain($"stand in {Planted.Length + 1} lines");
    }

    [Fact]
    public async Task Should_see_the_line_of_each_request()
    {
        await using var database = await databases.CreateAsync();
        await using var service = await RunningService.StartAsync(database.ConnectionString);

        using var answer = await service.Http.GetAsync(new Uri("/api/v1/keys", UriKind.Relative), TestContext.Current.CancellationToken);

        // It is written when the answer has gone.
        await RealTime.UntilAsync(() => service.Log.Count("/api/v1/keys", " answered 401 in ") > 0);
    }

    [Fact]
    public void Should_find_it_in_exceptions_and_in_what_somebody_texted()
    {
        var log = new WrittenLog();
        log.Add("""{"@x":"Npgsql.PostgresException: 23505: Key (caller)=(+447700900201) already exists."}""");
        log.Add("""{"@m":"The officer wrote: Suspect at the airport now"}""");

        log.Finds("suspect at the airport").Count.ShouldBe(2);
        log.Finds().Count.ShouldBe(1);
    }

    [Fact]
    public void Should_find_it_in_the_labels_of_metrics_and_not_in_their_values()
    {
        var log = new WrittenLog();
        log.AddMetrics("allocated{scope=\"runtime\"} 44180977792\nallocated 44180977792\ncalls{to=\"+447700900101\"} 1\n");

        log.Finds().ShouldHaveSingleItem().ShouldContain("+447700900101");
    }

    [Theory]
    [InlineData("""{"@tr":"44778899001122334455667788990011","@sp":"4477889900112233"}""")]
    [InlineData("answered 200 in 442.0790001 ms")]
    [InlineData("AC00000000000000000000000000000001")]
    public void Should_not_take_an_id_for_a_number(string line)
    {
        var log = new WrittenLog();
        log.Add(line);

        log.Finds().ShouldBeEmpty();
    }
}
