using NodaTime;
using OnCall.Core.Rotas;

namespace OnCall.Core.Duty.Checks;

/// <summary>A rota's duty over a window, gone through once for all checks.</summary>
internal sealed class RotaSurvey
{
    /// <summary>Enough for any real rota in a year; one that changes more often is looked at in part.</summary>
    private const int MostStretches = 20_000;

    private readonly WorkingTime _working;

    public RotaSurvey(RotaBook book, Rota rota, Instant from, Instant to)
    {
        Rota = rota;
        _working = new WorkingTime(rota);
        var sweep = BookTimes.Of(book, rota).Begin();
        var left = MostStretches;
        var remarks = new DutyRemarks();
        for (Until = from; Until < to && left > 0; left--)
        {
            remarks.Clear();
            var stretch = sweep.From(Until, remarks);
            Note(stretch, remarks, Until = Instant.Min(stretch.End, to));
        }
    }

    public Rota Rota { get; }

    /// <summary>How far it went, exclusive.</summary>
    public Instant Until { get; private set; }

    /// <summary>By how many advisers are missing.</summary>
    public StretchList<int> Missing { get; } = new();

    /// <summary>When anybody is on duty; all of it under one key.</summary>
    public StretchList<bool> Covered { get; } = new();

    /// <summary>By adviser: on duty, for whatever reason.</summary>
    public StretchList<string> OnDuty { get; } = new();

    /// <summary>By adviser: on duty and at work, not on call.</summary>
    public StretchList<string> AtWork { get; } = new();

    /// <summary>By adviser: would be on duty, but is away and nobody was named as a stand-in.</summary>
    public StretchList<string> Away { get; } = new();

    private void Note(DutyStretch stretch, DutyRemarks remarks, Instant end)
    {
        if (stretch.Places.Length < Rota.Cover)
        {
            Missing.Add(Rota.Cover - stretch.Places.Length, stretch.Start, end);
        }

        if (stretch.Places.Length > 0)
        {
            Covered.Add(true, stretch.Start, end);
        }

        foreach (var place in stretch.Places)
        {
            OnDuty.Add(place.Adviser, stretch.Start, end);
            if (_working.Counts(place.Reason))
            {
                AtWork.Add(place.Adviser, stretch.Start, end);
            }
        }

        foreach (var place in remarks.Away)
        {
            Away.Add(place.Adviser, stretch.Start, end);
        }
    }
}
