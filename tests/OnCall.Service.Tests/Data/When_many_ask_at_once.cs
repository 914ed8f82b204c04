using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
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
    private readonly NotedTime _time = new();

    [Fact]
    public async Task Should_gather_what_comes_while_a_list_is_under_way()
    {
        var together = Doubling(_ => Task.CompletedTask);

        var answers = await AskAsync(together, 1, 2, 3);

        answers.ShouldBe([2, 4, 6]);
        _lists.ShouldBe([[1], [2, 3]]);
    }

    [Fact]
    public async Task Should_keep_the_second_of_a_key_for_the_next_list()
    {
        var together = Doubling(_ => Task.CompletedTask);

        var answers = await AskAsync(together, 1, 2, 2, 3);

        answers.ShouldBe([2, 4, 4, 6]);
        _lists.ShouldBe([[1], [2, 3], [2]]);
    }

    [Theory]
    [InlineData(2, 6, null)]
    [InlineData(3, 9, null)]
    [InlineData(10, 2, null)]
    [InlineData(3, 50, 50)]
    public async Task Should_gather_after_a_list_of_several_for_three_times_what_it_took_but_not_for_long_or_for_as_long_as_nobody_waits(int took, int pause, int? rest)
    {
        var together = Doubling(
            list =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(list.Length > 1 ? took : 100));
                return Task.CompletedTask;
            },
            rest);
        await AskAsync(together, 1, 2, 3);
        SpinWait.SpinUntil(() => _time.Timers.Contains(TimeSpan.FromMilliseconds(pause)));

        var (fourth, fifth) = (together.AskAsync(4), together.AskAsync(5));
        _time.Advance(TimeSpan.FromMilliseconds(pause - 1));
        (fourth.IsCompleted, fifth.IsCompleted).ShouldBe((false, false));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await fourth, await fifth).ShouldBe((8, 10));
        _lists.ShouldBe([[1], [2, 3], [4, 5]]);
    }

    [Fact]
    public async Task Should_tell_when_all_that_was_asked_for_a_key_is_done_or_has_failed()
    {
        var together = Doubling(list => list.Contains(2) ? throw new NpgsqlException("away") : Task.CompletedTask);
        var underWay = together.AskAsync(1);
        SpinWait.SpinUntil(() => _lists.Count > 0);
        Task<int>[] waiting = [together.AskAsync(1), together.AskAsync(2)];

        var settled = together.SettledAsync(1);
        together.SettledAsync(3).IsCompleted.ShouldBeTrue();
        settled.IsCompleted.ShouldBeFalse();
        _first.SetResult();
        await settled;

        (underWay.IsCompletedSuccessfully, waiting[0].IsFaulted).ShouldBe((true, true));
        await Should.ThrowAsync<NpgsqlException>(waiting[1]);
        await together.SettledAsync(1);
    }

    [Fact]
    public async Task Should_start_the_next_list_beside_one_that_takes_long()
    {
        var slow = new TaskCompletionSource();
        var together = Listing(list => list.Contains(1) ? slow.Task : Task.CompletedTask);
        var first = together.AskAsync(1);
        SpinWait.SpinUntil(() => _lists.Count == 1);
        var (again, second) = (together.AskAsync(1), together.AskAsync(2));
        (_lists.Count, second.IsCompleted).ShouldBe((1, false));

        TakesLongUntil(() => second.IsCompleted);
        (await together.AskAsync(3)).ShouldBe(6);
        again.IsCompleted.ShouldBeFalse();
        slow.SetResult();

        (await first, await again).ShouldBe((2, 2));
        _lists.ShouldBe([[1], [2], [3], [1]]);
    }

    [Fact]
    public async Task Should_have_no_more_than_four_lists_under_way()
    {
        var gate = new TaskCompletionSource();
        var together = Listing(_ => gate.Task);
        var asked = new List<Task<int>>();
        for (var item = 1; item <= 4; item++)
        {
            asked.Add(together.AskAsync(item));
            TakesLongUntil(() => _lists.Count == item);
        }

        asked.AddRange([together.AskAsync(5), together.AskAsync(6)]);
        for (var elapsed = 0; elapsed < 100; elapsed++)
        {
            _time.Advance(Together<int, int, int>.Patience);
        }

        _lists.ShouldBe([[1], [2], [3], [4]]);
        gate.SetResult();

        (await Task.WhenAll(asked)).ShouldBe([2, 4, 6, 8, 10, 12]);
    }

    [Fact]
    public async Task Should_not_let_one_that_PostgreSQL_refuses_take_the_others_with_it()
    {
        var together = Doubling(list => list.Contains(2) ? throw new PostgresException("refused", "ERROR", "ERROR", PostgresErrorCodes.UniqueViolation) : Task.CompletedTask);
        var asked = Ask(together, 1, 2, 3);

        await Should.ThrowAsync<PostgresException>(asked[1]);
        (await asked[0], await asked[2]).ShouldBe((2, 6));
        _lists.ShouldBe([[1], [2, 3], [2], [3]]);
    }

    [Fact]
    public async Task Should_not_try_each_alone_where_PostgreSQL_is_away()
    {
        var together = Doubling(list => list.Contains(2) ? throw new NpgsqlException("away") : Task.CompletedTask);
        var asked = Ask(together, 1, 2, 3);

        await Should.ThrowAsync<NpgsqlException>(asked[1]);
        await Should.ThrowAsync<NpgsqlException>(asked[2]);
        _lists.ShouldBe([[1], [2, 3]]);
        (await together.AskAsync(4)).ShouldBe(8);
    }

    [Fact]
    public async Task Should_not_do_what_waited_when_who_asked_has_been_told_that_the_database_is_away()
    {
        var together = Doubling(_ => Task.CompletedTask);
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
    private Together<int, int, int> Doubling(Func<int[], Task> done, int? rest = null) => Listing(
        async list =>
        {
            await _first.Task;
            await done(list);
        },
        rest);

    private Together<int, int, int> Listing(Func<int[], Task> done, int? rest = null) => new(
        async list =>
        {
            _lists.Add([.. list]);
            await done([.. list]);
            return [.. list.Select(item => item * 2)];
        },
        item => item,
        _time,
        rest is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null);

    private void TakesLongUntil(Func<bool> holds) => SpinWait.SpinUntil(() =>
    {
        _time.Advance(Together<int, int, int>.Patience);
        return holds();
    });

    private Task<int[]> AskAsync(Together<int, int, int> together, params int[] items) => Task.WhenAll(Ask(together, items));

    private List<Task<int>> Ask(Together<int, int, int> together, params int[] items)
    {
        var asked = new List<Task<int>> { together.AskAsync(items[0]) };
        SpinWait.SpinUntil(() => _lists.Count > 0);
        asked.AddRange(items[1..].Select(together.AskAsync));
        _first.SetResult();
        return asked;
    }

    /// <summary>Notes what is waited for, so that a test lets no time pass before somebody waits.</summary>
    private sealed class NotedTime : FakeTimeProvider
    {
        public ConcurrentQueue<TimeSpan> Timers { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Timers.Enqueue(dueTime);
            return timer;
        }
    }
}
