using Npgsql;

namespace OnCall.Service.Data;

/// <summary>
/// Does as one what is asked for at the same time: while a list is under way, the next one gathers. Under load a statement and a commit then serve many
/// webhooks; alone, a request goes out at once.
/// </summary>
/// <param name="work">Does a list, no two of whose keys are equal; the answers are in the list's order.</param>
/// <param name="key">What may not come twice in one list: the second waits for the next.</param>
internal sealed class Together<TItem, TKey, TAnswer>(Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TAnswer>>> work, Func<TItem, TKey> key)
{
    /// <summary>The longest list: more would make the first wait for the last.</summary>
    private const int Most = 64;

    private readonly Lock _lock = new();
    private List<Asked> _waiting = [];
    private bool _running;

    /// <summary>Waits for the answer. It cannot be called off: what was handed over will be done, unless the database is found to be away before its turn comes.</summary>
    public Task<TAnswer> AskAsync(TItem item)
    {
        var asked = new Asked(item, DatabaseLink.GivenUp);
        lock (_lock)
        {
            _waiting.Add(asked);
            if (!_running)
            {
                _running = true;
                _ = Task.Run(RunAsync);
            }
        }

        return asked.Answer.Task;
    }

    private async Task RunAsync()
    {
        while (Take() is { Count: > 0 } list)
        {
            if (await FailureAsync(list) is not { } failure)
            {
                continue;
            }

            // PostgreSQL refused the statement for the sake of one: it must not take the others with it.
            var alone = failure is PostgresException && list.Count > 1;
            foreach (var asked in list)
            {
                if ((alone ? await FailureAsync([asked]) : failure) is { } own)
                {
                    asked.Answer.SetException(own);
                }
            }
        }
    }

    /// <summary>The next list; empty = there is none, and whoever asks next starts anew.</summary>
    private List<Asked> Take()
    {
        lock (_lock)
        {
            var (list, rest, keys) = (new List<Asked>(), new List<Asked>(), new HashSet<TKey>());
            foreach (var asked in _waiting)
            {
                if (asked.GivenUp.IsCancellationRequested)
                {
                    asked.Answer.SetCanceled(asked.GivenUp);
                    continue;
                }

                (list.Count < Most && keys.Add(key(asked.Item)) ? list : rest).Add(asked);
            }

            _waiting = rest;
            _running = list.Count > 0;
            return list;
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
