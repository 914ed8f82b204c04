using NodaTime;
using OnCall.Soak.Book;

namespace OnCall.Soak;

/// <summary>How well carriers, Twilio and our nodes are: fair mostly, foul for an hour now and then, and a node that dies here and there.</summary>
internal sealed class Weather(World world)
{
    private static readonly Duration Patience = Duration.FromSeconds(10);
    private static readonly Duration Jitter = Duration.FromMilliseconds(200);
    private Instant _foulUntil;
    private Instant _awayUntil;
    private Instant _failsFrom;
    private Instant _databaseGone;
    private Instant _databaseBack;
    private Instant _failsUntil;

    /// <summary>Until when a node that died holds what it had in hand: deadlines and effects wait until then.</summary>
    public Instant DeadUntil { get; private set; }

    /// <summary>How late a deadline may be looked at that comes at an instant.</summary>
    public static Duration Grace => Jitter + Jitter;

    /// <summary>Whether Twilio answers no request at all, although its webhooks come.</summary>
    public bool IsTwilioAway => !world.IsQuiet && world.Now < _awayUntil;

    /// <summary>Whether the service has found that Twilio answers nothing: it takes a moment to find that, and that all is well again.</summary>
    public bool RestFails => _failsFrom <= world.Now && world.Now < _failsUntil;

    /// <summary>Whether nothing can be looked up or stored.</summary>
    public bool IsDatabaseAway => world.Now < _databaseBack;

    /// <summary>When the database was there again, or will be, and each node that wrote into its journal meanwhile.</summary>
    public Instant AllBackAt => Instant.Max(_databaseBack, world.Journal.ComesBackAt);

    /// <summary>Whether that has lasted so long that legs are led on without it.</summary>
    public bool IsDatabaseAwayForLong => IsDatabaseAway && world.Now - _databaseGone >= Patience;

    private double Badness => world.IsQuiet ? 0 : world.Now < _foulUntil ? 12 : 1;

    public void Begin()
    {
        Hour();
        Day();
    }

    /// <summary>Whether something goes wrong that goes wrong so often in fair weather.</summary>
    public bool GoesWrong(double probability) => world.Chance.Is(Math.Min(0.5, probability * Badness));

    /// <summary>When a deadline is looked at.</summary>
    public Instant LookedAt(Instant deadline) => Instant.Max(deadline, DeadUntil) + world.Chance.Seconds(0, 0.2);

    private void Hour()
    {
        if (world.IsQuiet)
        {
            return;
        }

        if (Comes(0.02))
        {
            _foulUntil = world.Now + world.Chance.Minutes(5, 60);
        }

        if (Comes(world.Now < _foulUntil ? 0.3 : 0.02))
        {
            world.After(world.Chance.Minutes(0, 60), () => DeadUntil = Instant.Max(DeadUntil, world.Now + world.Chance.Seconds(2, 40)));
        }

        if (Comes(world.Now < _foulUntil ? 0.5 : 0.04))
        {
            world.After(world.Chance.Minutes(0, 60), BeginsToFail);
        }

        if (Comes(world.Now < _foulUntil ? 0.05 : 0.008))
        {
            world.After(world.Chance.Minutes(0, 60), TakesDatabaseAway);
        }

        world.After(Duration.FromHours(1), Hour);
    }

    /// <summary>Whether something comes in an hour that comes so often where there are no storms.</summary>
    private bool Comes(double probability) => world.Chance.Is(Math.Min(0.6, probability * world.Plan.Storms));

    /// <summary>Does something once the database is there: now, mostly.</summary>
    public void WithDatabase(Action what)
    {
        if (IsDatabaseAway)
        {
            world.Agenda.At(_databaseBack + world.Chance.Seconds(0.02, 3), () => WithDatabase(what));
        }
        else
        {
            what();
        }
    }

    /// <summary>For seconds mostly, for minutes now and then; what the nodes had in hand waits.</summary>
    private void TakesDatabaseAway()
    {
        if (world.IsQuiet || IsDatabaseAway)
        {
            return;
        }

        (_databaseGone, _databaseBack) = (world.Now, world.Now + (world.Chance.Is(0.5) ? world.Chance.Seconds(1, 15) : world.Chance.Minutes(0.3, 15)));
        DeadUntil = Instant.Max(DeadUntil, _databaseBack);
        world.Agenda.At(_databaseBack, world.Journal.Replay);
    }

    /// <summary>Twilio answers no request: for seconds mostly, for longer than any officer waits now and then.</summary>
    private void BeginsToFail()
    {
        if (world.IsQuiet)
        {
            return;
        }

        _awayUntil = world.Now + (world.Chance.Is(0.2) ? world.Chance.Minutes(1.5, 25) : world.Chance.Seconds(3, 90));
        _failsFrom = world.Now + world.Chance.Seconds(2, 8);
        _failsUntil = _awayUntil + world.Chance.Seconds(0.5, 6);
    }

    /// <summary>The book is edited every few days.</summary>
    private void Day()
    {
        if (!world.IsQuiet)
        {
            WithDatabase(() => world.Publish(new BookEdits(world.Chance).After(world.Book.Content, world.Now)));
            world.After(world.Chance.About(Duration.FromDays(3)) + Duration.FromMinutes(10), Day);
        }
    }
}
