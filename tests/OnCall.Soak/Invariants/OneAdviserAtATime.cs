using OnCall.Soak.Carrier;

namespace OnCall.Soak.Invariants;

/// <summary>Never two advisers with one officer, and never two officers with one adviser.</summary>
internal sealed class OneAdviserAtATime(World world) : Invariant(world)
{
    public override void Sees(Room room)
    {
        var (advisers, officers) = (room.Advisers.Count(), room.Inside.Count(leg => leg.IsOfficers && !World.Outbox.IsHungUp(leg)));
        if (Fails(advisers + officers <= 2 && advisers < 2 && officers < 2))
        {
            Report(room.Enquiry, $"{string.Join(" and ", room.Advisers.Select(leg => leg.Adviser))} and {officers} officer(s) are in one room");
        }
    }

    public override void Sees(DialledLeg talk)
    {
        var talking = World.Network.LegsOf(talk.Enquiry).OfType<AdviserLeg>().Where(leg => leg is { IsOver: false } and ({ Room.IsTalk: true } or DialledLeg { IsBridged: true })).ToList();
        if (Fails(talking is [var alone] && alone == talk))
        {
            Report(talk.Enquiry, $"{string.Join(" and ", talking.Select(leg => leg.Adviser))} talk with one officer");
        }
    }
}
