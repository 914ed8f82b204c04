using System.Text;
using OnCall.Simulator.Timing;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>Collects keys until there are enough, the finish key comes, or nobody presses one for too long.</summary>
internal sealed class KeyCollector(EventLoop loop, int enough, string finishOn, TimeSpan timeout, Action onFirstKey) : IDisposable
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder digits = new();
    private Deadline? limit;

    public Task Done => done.Task;

    public string Digits => digits.ToString();

    /// <summary>The finish key that was pressed; empty if none.</summary>
    public string FinishedOn { get; private set; } = "";

    public void Press(char key)
    {
        if (done.Task.IsCompleted)
        {
            return;
        }

        onFirstKey();
        if (finishOn.Contains(key))
        {
            FinishedOn = key.ToString();
            done.TrySetResult();
            return;
        }

        digits.Append(key);
        if (digits.Length >= enough)
        {
            done.TrySetResult();
        }
        else
        {
            Restart();
        }
    }

    /// <summary>The prompt is over: from now on silence counts.</summary>
    public void StartTimeout()
    {
        if (limit is null)
        {
            Restart();
        }
    }

    public void Dispose() => limit?.Cancel();

    private void Restart()
    {
        limit?.Cancel();
        limit = loop.After(timeout, () => done.TrySetResult());
    }
}
