using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Matrix;

/// <summary>The row of the fault matrix that takes real processes: the service is killed (<see cref="KilledWorld"/>) at each stage of a call (<see cref="CallStage"/>).</summary>
public sealed class When_the_service_is_killed_at_any_stage(KilledWorld killed) : IClassFixture<KilledWorld>
{
    public static TheoryData<string> Stages => [.. CallStage.All.Select(stage => stage.Name)];

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task Should_lead_the_officer_to_a_person(string stage)
    {
        var cell = killed.At(stage);

        killed.ExitStatus.ShouldBe(KilledWorld.KilledStatus);
        killed.WasStruck(cell).ShouldBeTrue(killed.World.Twilio.Story());
        cell.Person.ShouldNotBeNull(killed.World.Twilio.Story());
        cell.ShouldHaveHeardWords();
        await cell.ShouldBeRecordedAsync();
        killed.World.Twilio.ShouldRingNobodyTwiceAtOnce();
    }
}
