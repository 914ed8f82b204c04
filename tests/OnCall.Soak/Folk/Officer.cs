using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Soak.Book;
using OnCall.Soak.Carrier;

namespace OnCall.Soak.Folk;

/// <summary>One who needs advice, at one telephone.</summary>
/// <param name="shown">The number that the line sees; null = withheld.</param>
internal sealed class Officer(World world, PhoneNumber? shown)
{
    private const int MostTries = 6;
    private const string CallMe = "call me";

    private OfficerLeg? _line;
    private int _tries;

    public PhoneNumber? Shown => shown;

    public bool IsOnTheLine => _line is not null;

    /// <summary>Something new has come up.</summary>
    public void NeedsAdvice()
    {
        _tries = 0;
        if (shown is { CanBeTexted: true } && world.Chance.Is(0.4))
        {
            Writes();
        }
        else
        {
            Calls();
        }
    }

    /// <summary>Calls one time after another within minutes.</summary>
    public void CallsOverAndOver()
    {
        for (var call = 0; call < 9; call++)
        {
            world.After(Duration.FromSeconds(45 * call), Calls);
        }
    }

    public void PicksUpOwnPhone(OfficerLeg leg) => _line = leg;

    /// <summary>The line is gone, and the officer calls again.</summary>
    public void LosesNetwork(OfficerLeg leg)
    {
        if (_line == leg)
        {
            _line = null;
            world.After(world.Chance.Seconds(3, 20), Calls);
        }
    }

    public void HangsUp(OfficerLeg leg)
    {
        if (_line == leg)
        {
            _line = null;
        }

        if (world.IsQuiet || ++_tries > MostTries)
        {
            return;
        }

        if (world.Chance.Is(0.05))
        {
            world.After(world.Chance.Seconds(2, 20), Calls);
        }
        else if (world.Chance.Is(0.12))
        {
            world.After(world.Chance.About(Duration.FromMinutes(4)), Calls);
        }
        else if (shown is { CanBeTexted: true } && world.Chance.Is(0.1))
        {
            world.After(world.Chance.Minutes(0.5, 30), Writes);
        }
    }

    public void Writes()
    {
        if (world.IsQuiet || shown is null)
        {
            return;
        }

        var message = world.Network.NewName("SM");
        var words = world.Chance.Of(["how do I extradite somebody", "desk1 a question about records", "9\nhe says he will kill her", CallMe, new string('x', 1700)]);
        world.Weather.WithDatabase(() => Arrives(message, words));

        if (++_tries <= MostTries && world.Chance.Is(0.4))
        {
            world.After(world.Chance.About(Duration.FromMinutes(20)), Writes);
        }
        else if (world.Chance.Is(0.1))
        {
            world.After(world.Chance.About(Duration.FromMinutes(5)), Calls);
        }
    }

    private void Arrives(string message, string words)
    {
        if (world.Nodes.OfCaller(shown, Escalator.MayBeTexted) is { } open)
        {
            world.Network.Signal(open.Enquiry.Id, new EnquiryEvent.OfficerTexted(message, words.Length, words == CallMe));
        }
        else
        {
            world.Nodes.Open((id, shortRef, roster, now) => Escalator.OpenByText(id, shortRef, Numbers.Line(0), shown!, message, words, roster, now, words == CallMe));
        }
    }

    private void Calls()
    {
        if (!world.IsQuiet && _line is null)
        {
            world.Network.CallsIn(this);
        }
    }
}
