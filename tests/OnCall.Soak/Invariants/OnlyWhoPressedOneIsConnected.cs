using OnCall.Soak.Carrier;

namespace OnCall.Soak.Invariants;

/// <summary>Nobody and nothing is connected with an officer that has not pressed 1: a voicemail that picks up never takes a call.</summary>
internal sealed class OnlyWhoPressedOneIsConnected(World world) : Invariant(world)
{
    public override void Sees(Room room)
    {
        foreach (var adviser in room.IsTalk ? room.Advisers : [])
        {
            Judge(adviser);
        }
    }

    public override void Sees(DialledLeg talk) => Judge(talk);

    private void Judge(AdviserLeg adviser)
    {
        if (Fails(adviser.PressedOne))
        {
            Report(adviser.Enquiry, $"{adviser.Adviser} is connected, and has not pressed 1");
        }
    }
}
