using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Ops;

/// <summary>Every node of the tests is searched for numbers, keys and words when it is put away (<see cref="WrittenLog"/>); here it is seen that the search finds them.</summary>
public sealed class When_a_secret_is_logged(TestDatabase databases)
{
    [Theory]
    [InlineData("rang +447700900101")]
    [InlineData("GET /api/v1/lines/%2B442079460101/plan")]
    [InlineData("From=447700900201&Body=x")]
    [InlineData("rang 07700900101")]
    [InlineData("Bearer key-for-tests")]
    [InlineData("oncall_abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")]
    [InlineData("https://oncall.example.org/calendars/abcdefghijklmnopqrstuvwxyz.ics")]
    public async Task Should_fail_the_test(string line)
    {
        await using var database = await databases.CreateAsync();
        var service = await RunningService.StartAsync(database.ConnectionString);
        service.Services.GetRequiredService<ILoggerFactory>().CreateLogger("planted").Log(LogLevel.Information, new EventId(1), line, exception: null, (text, _) => text);

        (await Should.ThrowAsync<InvalidOperationException>(async () => await service.DisposeAsync())).Message.ShouldContain(line);
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
