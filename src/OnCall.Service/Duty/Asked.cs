using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Duty;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.Duty;

/// <summary>Reads the times of a question and collects what is wrong with them.</summary>
internal sealed class Asked(TimeProvider time)
{
    /// <summary>How many a page of a list holds, if it is not said.</summary>
    public const int UsualPage = 50;

    public static readonly Duration LongestWindow = Duration.FromDays(400);
    public const int LargestPage = 500;

    /// <summary>Two layers of hourly turns for 400 days.</summary>
    private const int MostTurns = 20_000;

    public static readonly Duration UsualWindow = Duration.FromDays(28);
    private readonly Dictionary<string, string[]> _wrong = [];

    /// <summary>Read once for the whole question.</summary>
    public Instant Now { get; } = time.GetCurrentInstant();

    public IResult? Refusal => _wrong.Count == 0 ? null : TypedResults.ValidationProblem(_wrong);

    /// <summary>A parameter that is there with nothing in it, as forms send it, is left out.</summary>
    public static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    public void Wrong(string name, string sentence) => _wrong.TryAdd(name, [sentence]);

    public void Check(bool isRight, string name, string sentence)
    {
        if (!isRight)
        {
            Wrong(name, sentence);
        }
    }

    /// <summary>A date, or a date and time, as a rota document has it; null = it was left out, or is none.</summary>
    public WrittenTime? Written(string name, string? text)
    {
        var written = text is null ? null : WrittenTime.Parse(text);
        Check(text is null || written is not null, name, $"{name} takes a date, or a date and time, like 2026-12-01T09:00.");
        return written;
    }

    /// <summary>How many a page of a list is to hold: 1 to 500.</summary>
    public void CheckLimit(int limit) => Check(limit is >= 1 and <= LargestPage, "limit", $"limit must be between 1 and {LargestPage}.");

    public Instant Time(string name, string? text, Instant otherwise)
    {
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        if (AskedTime.Parse(text) is { } instant)
        {
            return instant;
        }

        Wrong(name, $"{name} takes {AskedTime.Takes}.");
        return otherwise;
    }

    /// <summary>[from, to): left out, now and 28 days; 400 days at most.</summary>
    public (Instant From, Instant To) Window(string? from, string? to)
    {
        var start = Time("from", from, Now);
        var end = Time("to", to, start + UsualWindow);
        if (Refusal is null && end <= start)
        {
            Wrong("to", "to must be after from.");
        }
        else if (end - start > LongestWindow)
        {
            Wrong("to", "to must be at most 400 days after from.");
        }

        return (start, end);
    }

    /// <summary>A rota that changes hands every minute would keep the node, which leads calls too, at work over one answer.</summary>
    /// <param name="books">Those that decide, in order.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    public void CheckTurns(IReadOnlyList<BookInForce> books, string rota, Instant from, Instant to)
    {
        var ends = books.Skip(1).Select(next => next.Since).Append(to);
        var turns = books.Zip(ends).Sum(piece => piece.First.Book.Rotas.TryGetValue(rota, out var known) ? TurnsOf(known, Instant.Max(from, piece.First.Since), piece.Second) : 0);
        Check(turns <= MostTurns, "to", $"the rota changes hands more than {MostTurns} times in that time; ask for a shorter one.");
    }

    private static double TurnsOf(Rota rota, Instant from, Instant to) => rota.Layers.Sum(layer => layer.Duty is Rotation { Turn: Turn.Elapsed { Length: var length } }
        ? Math.Max(0, (Instant.Min(to, layer.Until ?? to) - Instant.Max(from, layer.From ?? from)) / length)
        : 0);
}
