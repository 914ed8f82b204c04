using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OnCall.Service.Data;
using OnCall.Service.Ops;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Data;

public sealed class When_many_ask_at_once
{
    private readonly List<int[]> _lists = [];
    private readonly TaskCompletionSource _first = new();

    [Fact]
    public async Task Should_gather_what_comes_while_a_list_is_under_way()
    {
        var together = Doubling(list => Task.FromResult(list));

        var answers = await AskAsync(together, 1, 2, 3);

        answers.ShouldBe([2, 4, 6]);
        _lists.ShouldBe([[1], [2, 3]]);
    }

    [Fact]
    public async Task Should_keep_the_second_of_a_key_for_the_next_list()
    {
        var together = Doubling(list => Task.FromResult(list));

        await AskAsync(together, 1, 2, 2, 3);

        _lists.ShouldBe([[1], [2, 3], [2]]);
    }

    [Fact]
    public async Task Should_not_let_one_that_PostgreSQL_refuses_take_the_others_with_it()
    {
        var together = Doubling(list => list.Contains(2) ? throw new PostgresException("refused", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation) : Task.FromResult(list));
        var asked = Ask(together, 1, 2, 3);

        await Should.ThrowAsync<PostgresException>(asked[1]);
        (await asked[0], await asked[2]).ShouldBe((2, 6));
        _lists.ShouldBe([[1], [2, 3], [2], [3]]);
    }

    [Fact]
    public async Task Should_not_try_each_alone_where_PostgreSQL_is_away()
    {
        var together = Doubling(list => list.Contains(2) ? throw new NpgsqlException("away") : Task.FromResult(list));
        var asked = Ask(together, 1, 2, 3);

        await Should.ThrowAsync<NpgsqlException>(asked[1]);
        await Should.ThrowAsync<NpgsqlException>(asked[2]);
        _lists.ShouldBe([[1], [2, 3]]);
        (await together.AskAsync(4)).ShouldBe(8);
    }

    [Fact]
    public async Task Should_not_do_what_waited_when_who_asked_has_been_told_that_the_database_is_away()
    {
        var together = Doubling(list => Task.FromResult(list));
        await using var nowhere = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={FreePorts.One()}");
        using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var link = new DatabaseLink(
            nowhere,
            new DatabaseSettings { ConnectionString = nowhere.ConnectionString },
            meters.GetRequiredService<IMeterFactory>(),
            TimeProvider.System,
            NullLogger<DatabaseLink>.Instance);

        var first = together.AskAsync(1);
        SpinWait.SpinUntil(() => _lists.Count > 0);
        Task<int>? second = null;
        await Should.ThrowAsync<DatabaseAwayException>(() => link.AskAsync<int>(() =>
        {
            second = together.AskAsync(2);
            throw new NpgsqlException("away");
        }));
        var third = together.AskAsync(3);
        _first.SetResult();

        (await first, await third).ShouldBe((2, 6));
        await Should.ThrowAsync<OperationCanceledException>(second!);
        _lists.ShouldBe([[1], [3]]);
    }

    /// <summary>The first list waits until all have asked.</summary>
    private Together<int, int, int> Doubling(Func<int[], Task<int[]>> done) => new(
        async list =>
        {
            _lists.Add([.. list]);
            await _first.Task;
            return [.. (await done([.. list])).Select(item => item * 2)];
        },
        item => item);

    private Task<int[]> AskAsync(Together<int, int, int> together, params int[] items) => Task.WhenAll(Ask(together, items));

    private List<Task<int>> Ask(Together<int, int, int> together, params int[] items)
    {
        var asked = new List<Task<int>> { together.AskAsync(items[0]) };
        SpinWait.SpinUntil(() => _lists.Count > 0);
        asked.AddRange(items[1..].Select(together.AskAsync));
        _first.SetResult();
        return asked;
    }
}
