using OnCall.Testing;
using Xunit;

namespace OnCall.Service.Tests.Matrix;

/// <summary>
/// The fault matrix of texts: each fault (<see cref="Fault.OfTexts"/>) at each stage of a conversation (<see cref="TextTalk"/>). Nothing is lost, nothing comes twice,
/// and nobody reads what is not for them. A cell fails unless its fault provably struck.
/// </summary>
public sealed class When_anything_fails_at_any_stage_of_a_text(MatrixFixture matrix) : IClassFixture<MatrixFixture>
{
    public static TheoryData<string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var fault in Fault.OfTexts.Keys)
            {
                foreach (var stage in TextTalk.Stages.Where(stage => stage.Sends || !Fault.OfSending.Contains(fault)))
                {
                    cells.Add(fault, stage.Name);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Should_bring_each_word_once_to_whom_it_is_for(string fault, string stage)
    {
        try
        {
            await StrikeAsync(Fault.OfTexts[fault](), stage, await matrix.WorldAsync());
        }
        catch
        {
            await matrix.DropWorldAsync();
            throw;
        }
    }

    private async Task StrikeAsync(Fault fault, string at, World world)
    {
        var talk = new TextTalk(world, matrix.NextOfficer(), matrix.NextDesk());
        foreach (var stage in TextTalk.Stages)
        {
            if (stage.Name != at)
            {
                await talk.GoAsync(stage);
                continue;
            }

            await fault.ArmAsync(world, matrix.Server);
            await talk.GoAsync(stage, () => fault.PassAsync(world.PassAsync));
            await world.PassAsync(TimeSpan.FromSeconds(25));
            fault.ShouldHaveStruck();
            world.Twilio.Faults.Clear();
            (world.Balancer.Slow, world.Balancer.Copies) = (null, 1);
        }

        await world.PassAsync(TimeSpan.FromSeconds(20));
        await talk.ShouldBeWholeAsync();
        world.ShouldRingNobodyTwiceAtOnce();
    }
}
