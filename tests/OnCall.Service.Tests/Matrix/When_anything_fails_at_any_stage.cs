using OnCall.Testing;
using Xunit;

namespace OnCall.Service.Tests.Matrix;

/// <summary>
/// The fault matrix: each fault (<see cref="Fault.OfCalls"/>) at each stage of a call (<see cref="CallStage"/>). The officer reaches a person in every cell, is never left
/// in silence and never hears an error; the enquiry is with that person, and the record tells how. A cell fails unless its fault provably struck.
/// </summary>
public sealed class When_anything_fails_at_any_stage(MatrixFixture matrix) : IClassFixture<MatrixFixture>
{
    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var fault in Fault.OfCalls.Keys)
            {
                foreach (var stage in CallStage.All)
                {
                    cells.Add(fault, stage.Name);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Should_lead_the_officer_to_a_person(string fault, string stage)
    {
        var at = CallStage.All.Single(one => one.Name == stage);
        try
        {
            await StrikeAsync(Fault.OfCalls[fault](), new Cell(await matrix.WorldAsync(), at, matrix.NextOfficer()), await matrix.WorldAsync());
        }
        catch
        {
            await matrix.DropWorldAsync();
            throw;
        }
    }

    private async Task StrikeAsync(Fault fault, Cell cell, World world)
    {
        await cell.Stage.ReachAsync(cell);
        await fault.ArmAsync(world, matrix.Server);
        await cell.Stage.GoOnAsync(cell);
        await fault.PassAsync(cell.PassAsync);
        await cell.UntilAsync(() => cell.Person is not null);
        await EndAsync(cell, world);

        fault.ShouldHaveStruck();
        cell.ShouldHaveHeardWords();
        await cell.ShouldBeRecordedAsync();
        world.ShouldRingNobodyTwiceAtOnce();
    }

    /// <summary>The two talk, the officer hangs up, and what was held back comes to its end.</summary>
    private static async Task EndAsync(Cell cell, World world)
    {
        await cell.PassAsync(TimeSpan.FromSeconds(25));
        foreach (var leg in cell.Legs(cell.Officer))
        {
            leg.HangUp();
        }

        await cell.UntilAsync(() => cell.AdvisersLegs.All(leg => leg.IsOver));
        world.Twilio.Faults.Clear();
        world.Balancer.Slow = null;
        cell.Rest();
        await cell.PassAsync(TimeSpan.FromSeconds(20));
    }
}
