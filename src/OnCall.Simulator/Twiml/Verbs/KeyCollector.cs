using System.Text;
using OnCall.Simulator.Timing;

namespace OnCall.Simulator.Twiml.Verbs;

/// <summary>Collects keys until there are enough, the finish key comes, or nobody presses one for too long.</summary>
internal sealed class KeyCollector(EventLoop loop, int enough, string finishOn, TimeSpan timeout, Action onFirstKey) : IDisposable
{
    private readonly StringBuilder digits = new();
    private Deadline? limit;

    public Signal<bool> Done { get; } = new();

    public string Digits => digits.ToString();

    /// <summary>The finish key that was pressed; empty if none.</summary>
    public string FinishedOn { get; private set; } = "";

    public void Press(char key)
    {
        if (Done.IsSet)
        {
            return;
        }

        onFirstKey();
        if (finishOn.Contains(key))
        {
            FinishedOn = key.ToString();
            Done.Set(true);
            return;
        }

        digits.Append(key);
        if (digits.Length >= enough)
        {
            Done.Set(true);
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
        limit = loop.After(timeout, () => Done.Set(true));
    }
}
