using Npgsql;

namespace OnCall.Service.Data;

/// <summary>
/// Does as one what is asked for at the same time: while a list is under way, and for a moment after one of several, the next one gathers. Under load a
/// statement and a commit then serve many webhooks; what comes alone goes out at once. A list that takes long, since one of its rows is locked, holds up no
/// other: the next one starts beside it.
/// </summary>
/// <param name="work">Does a list, no two of whose keys are equal; the answers are in the list's order.</param>
/// <param name="key">What may not be under way twice: the second waits until the first is done.</param>
/// <param name="time">By which a list gathers, and takes long.</param>
/// <param name="rest">The pause after a list of several where nobody waits for the answers; null = somebody does, and it follows what the list took.</param>
internal sealed class Together<TItem, TKey, TAnswer>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> work, Func<TItem, TKey> key, TimeProvider time, TimeSpan? rest = null)
    where TKey : notnull
{
    /// <summary>How long the next list gathers before it starts beside the one that is under way: longer than any takes under load, where a second list would only cost more, and short for a webhook.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// A list of several is followed by a pause of three times what it took, unless it was full: where processors are idle it takes little, and so does the
    /// pause; the slower all gets, the more the next one gathers. What came alone holds up nothing.
    /// </summary>
    public const int Pause = 3;

    /// <summary>The longest time from the beginning of a list to the end of its pause: short for a webhook.</summary>
    public static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(12);

    /// <summary>The longest list: more would make the first wait for the last.</summary>
    private const int Most = 64;

    /// <summary>So many lists are under way at the most: a database that does not answer would be given all connections.</summary>
    private const int MostLists = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Asked> _underWay = [];
    private List<Asked> _waiting = [];
    private int _lists;

    /// <summary>Whether the next list gathers: the newest one is under way and does not take long yet, or its pause lasts.</summary>
    private bool _gathering;

    /// <summary>Waits for the answer. It cannot be called off: what was handed over will be done, unless the database is found to be away before its turn comes.</summary>
    public Task<TAnswer> AskAsync(TItem item)
    {
        var asked = new Asked(item, DatabaseLink.GivenUp);
        lock (_lock)
        {
            _waiting.Add(asked);
            Start(Next());
        }

        return asked.Answer.Task;
    }

    /// <summary>Waits until all that was asked for a key so far has its answer, or has failed.</summary>
    public async Task SettledAsync(TKey asked)
    {
        List<Task> open;
        lock (_lock)
        {
            open = [.. _waiting.Concat(_underWay.Values).Where(one => EqualityComparer<TKey>.Default.Equals(key(one.Item), asked)).Select(one => one.Answer.Task)];
        }

        await Task.WhenAll(open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Start(List<Asked> list)
    {
        if (list.Count > 0)
        {
            _ = Task.Run(() => RunAsync(list));
        }
    }

    private async Task RunAsync(List<Asked> list)
    {
        while (list.Count > 0)
        {
            var began = time.GetTimestamp();
            var done = DoAsync(list);
            await done.WaitAsync(Patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var isLong = !done.IsCompleted;
            if (isLong)
            {
                lock (_lock)
                {
                    _gathering = false;
                    Start(Next());
                }

                await done;
            }

            if (list.Count is > 1 and < Most)
            {
                await PauseAsync(time.GetElapsedTime(began));
            }

            lock (_lock)
            {
                _lists--;
                list.ForEach(asked => _underWay.Remove(key(asked.Item)));
                _gathering = _gathering && isLong;
                list = Next();
            }
        }
    }

    private Task PauseAsync(TimeSpan took)
    {
        var pause = rest ?? TimeSpan.FromTicks(Math.Min((took * Pause).Ticks, (Gather - took).Ticks));
        return pause > TimeSpan.Zero ? Task.Delay(pause, time) : Task.CompletedTask;
    }

    /// <summary>What may go now, which is then under way; empty = nothing, or not yet. In the lock.</summary>
    private List<Asked> Next()
    {
        if (_gathering || _lists == MostLists)
        {
            return [];
        }

        var (list, rest) = (new List<Asked>(), new List<Asked>());
        foreach (var asked in _waiting)
        {
            if (asked.GivenUp.IsCancellationRequested)
            {
                asked.Answer.SetCanceled(asked.GivenUp);
                continue;
            }

            (list.Count < Most && _underWay.TryAdd(key(asked.Item), asked) ? list : rest).Add(asked);
        }

        _waiting = rest;
        _gathering = list.Count > 0;
        _lists += list.Count > 0 ? 1 : 0;
        return list;
    }

    private async Task DoAsync(List<Asked> list)
    {
        if (await FailureAsync(list) is not { } failure)
        {
            return;
        }

        // PostgreSQL refused the statement for the sake of one: it must not take the others with it.
        var alone = failure is PostgresException && list.Count > 1;
        foreach (var asked in list)
        {
            if ((alone ? await FailureAsync([asked]) : failure) is { } own)
            {
                asked.Answer.TrySetException(own);
            }
        }
    }

    /// <summary>Does a list; why not = nobody in it has an answer.</summary>
    private async Task<Exception?> FailureAsync(List<Asked> list)
    {
        try
        {
            var answers = await work([.. list.Select(asked => asked.Item)]);
            for (var place = 0; place < list.Count; place++)
            {
                list[place].Answer.SetResult(answers[place]);
            }

            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private sealed class Asked(TItem item, CancellationToken givenUp)
    {
        public TItem Item => item;

        public CancellationToken GivenUp => givenUp;

        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
