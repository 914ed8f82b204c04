using NodaTime;
using OnCall.Core.People;
using OnCall.Soak.Book;

namespace OnCall.Soak.Folk;

/// <summary>All who may need advice, and when they do: more by day, in bursts now and then, and while the clocks change.</summary>
internal sealed class Officers(World world)
{
    private readonly Dictionary<PhoneNumber, Officer> _byNumber = [];

    public void Begin()
    {
        Next();
        var (begins, ends) = London.Summer(world.Now.InUtc().Year);
        foreach (var change in new[] { begins, ends, London.Summer(world.Now.InUtc().Year + 1).Begins, London.Summer(world.Now.InUtc().Year + 1).Ends })
        {
            for (var minute = -90; minute < 90 && change + Duration.FromMinutes(minute) < world.Plan.End; minute += 10)
            {
                world.Agenda.At(change + Duration.FromMinutes(minute), () => Somebody().NeedsAdvice());
            }
        }
    }

    /// <summary>Who picks up at a number.</summary>
    public Officer At(PhoneNumber number)
    {
        if (!_byNumber.TryGetValue(number, out var officer))
        {
            _byNumber.Add(number, officer = new Officer(world, number));
        }

        return officer;
    }

    private void Next()
    {
        if (world.IsQuiet)
        {
            return;
        }

        var isNight = London.Wall(world.Now).Hour is < 7 or > 21;
        world.After(world.Chance.About(Duration.FromDays(1) / world.Plan.Size.PerDay) * (isNight ? 2 : 0.8), () =>
        {
            if (world.IsQuiet)
            {
                return;
            }

            for (var burst = world.Chance.Is(0.02) ? 6 : 1; burst > 0; burst--)
            {
                world.After(world.Chance.Seconds(0, 30), () => Somebody().NeedsAdvice());
            }

            if (world.Chance.Is(0.003))
            {
                At(Numbers.Unknown(world.Chance.Below(300))).CallsOverAndOver();
            }

            Next();
        });
    }

    private Officer Somebody()
    {
        var chance = world.Chance;
        return chance.Below(20) switch
        {
            < 8 => At(Numbers.OfForce(1 + chance.Below(400))),
            < 14 => At(Numbers.Mobile(chance.Below(500))),
            < 17 => At(chance.Is(0.2) ? Numbers.OutOfReach(chance.Below(100)) : Numbers.Unknown(chance.Below(300))),
            17 => new Officer(world, Numbers.Switchboard),
            18 => At(Numbers.Adviser(chance.Below(world.Plan.Size.Advisers))),
            _ => new Officer(world, null),
        };
    }
}
