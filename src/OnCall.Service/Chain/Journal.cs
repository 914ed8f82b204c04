using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using NodaTime.Extensions;
using OnCall.Service.Escalation;
using OnCall.Service.Ops;
using OnCall.Service.Outbox;

namespace OnCall.Service.Chain;

/// <summary>
/// What happened while the database was away, on this node's disk: append-only, flushed to the disk before the caller hears the answer. A file is open
/// to the process alone that writes it; what a killed process left is read by the next one, which holds it open until all is told: a full disk could take no copy.
/// </summary>
internal sealed partial class Journal : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<JournalEntry> _waiting = [];
    private readonly string _folder;
    private readonly JournalCipher _cipher;
    private readonly Node _node;
    private readonly TimeProvider _time;
    private readonly ILogger<Journal> _log;
    private readonly List<LeftFile> _left = [];
    private FileStream? _file;

    public Journal(OnCallSettings settings, JournalCipher cipher, Node node, IMeterFactory meters, TimeProvider time, ILogger<Journal> log)
    {
        (_folder, _cipher, _node, _time, _log) = (settings.JournalFolder, cipher, node, time, log);
        meters.Create(Metrics.MeterName).CreateObservableGauge("oncall_journal_waiting", () => Count, description: "Entries of the journal that are not in the record yet.");
    }

    /// <summary>How many entries wait for the record.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Something was written.</summary>
    public Signal Written { get; } = new();

    /// <summary>Keeps an entry. Where the disk cannot take it, it is kept in memory, and the caller is served all the same.</summary>
    public void Append(JournalEntry entry)
    {
        lock (_lock)
        {
            _waiting.Add(entry);
            try
            {
                _file ??= Create();
                _file.Write(Encoding.ASCII.GetBytes(_cipher.Write(entry) + "\n"));
                _file.Flush(flushToDisk: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotOnDisk(e);
            }
        }

        Written.Set();
    }

    /// <summary>What is to be told now, in the order in which it happened.</summary>
    public IReadOnlyList<JournalEntry> Waiting
    {
        get
        {
            lock (_lock)
            {
                return [.. _waiting];
            }
        }
    }

    /// <summary>An entry is in the record. With the last one the files go.</summary>
    public void Told(JournalEntry entry)
    {
        lock (_lock)
        {
            Remove(entry);
            if (_waiting.Count > 0)
            {
                return;
            }

            if (_file is { } file)
            {
                _file = null;
                End(new LeftFile(file, IsUnread: false));
            }

            _left.ForEach(End);
            _left.Clear();
        }
    }

    /// <summary>An entry is tried again after the others.</summary>
    public void PutBehind(JournalEntry entry)
    {
        lock (_lock)
        {
            Remove(entry);
            _waiting.Add(entry);
        }
    }

    /// <summary>Takes up what a process left here that is gone: its entries wait again. What cannot be taken up is left for the next time.</summary>
    public void TakeUpLeft()
    {
        try
        {
            foreach (var path in Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*.journal") : [])
            {
                if (!IsOpenHere(path) && TryOpen(path) is { } left)
                {
                    TakeUp(left);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotTakenUp(e);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _left.ForEach(left => left.File.Dispose());
    }

    /// <summary>The last line may have been cut off by the crash; a file with any other line that cannot be read is kept aside for people.</summary>
    private void TakeUp(FileStream file)
    {
        string[] lines;
        try
        {
            using var text = new StreamReader(file, Encoding.ASCII, leaveOpen: true);
            lines = text.ReadToEnd().Split('\n');
        }
        catch (IOException e)
        {
            LogNotTakenUp(e);
            file.Dispose();
            return;
        }

        var read = lines.Select(_cipher.Read).ToList();
        var entries = read.OfType<JournalEntry>().ToList();
        var left = new LeftFile(file, IsUnread: read.SkipLast(1).Any(entry => entry is null));
        lock (_lock)
        {
            if (entries.Count == 0)
            {
                End(left);
                return;
            }

            _waiting.AddRange(entries);
            _left.Add(left);
        }
    }

    /// <summary>It alone, and none that tells the same.</summary>
    private void Remove(JournalEntry entry) => _waiting.RemoveAt(_waiting.FindIndex(waiting => ReferenceEquals(waiting, entry)));

    private bool IsOpenHere(string path)
    {
        lock (_lock)
        {
            return path == _file?.Name || _left.Exists(left => left.File.Name == path);
        }
    }

    /// <summary>All of a file is told. One that stays where it is, is told again, and nothing happens twice.</summary>
    private void End(LeftFile left)
    {
        var file = left.File;
        try
        {
            if (left.IsUnread)
            {
                LogNotReadable(file.Name);
                File.Move(file.Name, $"{file.Name}.unread", overwrite: true);
            }
            else
            {
                File.Delete(file.Name);
            }

            file.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotEnded(file.Name, e);
            file.SafeFileHandle.Dispose();
        }
    }

    private FileStream Create()
    {
        PrivateFile.CreateFolder(_folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"{_time.GetCurrentInstant().ToUnixTimeTicks()}-{_node.Id}.journal");
        return new FileStream(Path.Combine(_folder, name), PrivateFile.Options(FileMode.CreateNew, FileAccess.Write));
    }

    /// <summary>Null = a living process writes it, or it is gone.</summary>
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, PrivateFile.Options(FileMode.Open, FileAccess.ReadWrite));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="IsUnread">It has lines that cannot be read.</param>
    private sealed record LeftFile(FileStream File, bool IsUnread);

    [LoggerMessage(EventId = 5011, Level = LogLevel.Critical, Message = "The journal cannot be written to the disk; its entries are in memory alone until the database is back")]
    private partial void LogNotOnDisk(Exception e);

    [LoggerMessage(EventId = 5012, Level = LogLevel.Error, Message = "The journal {File} has lines that cannot be read: they are damaged, or of another account; the file is kept, with the ending unread")]
    private partial void LogNotReadable(string file);

    [LoggerMessage(EventId = 5013, Level = LogLevel.Error, Message = "What another process left in the journal cannot be read now; it is tried again in a minute")]
    private partial void LogNotTakenUp(Exception e);

    [LoggerMessage(EventId = 5014, Level = LogLevel.Error, Message = "The journal {File} is told, and cannot be taken away; it will be told again")]
    private partial void LogNotEnded(string file, Exception e);
}
