using System.Globalization;
using OnCall.Testing;
using Shouldly;

namespace OnCall.Service.Tests.Matrix;

/// <summary>What must hold of every cell when it is over.</summary>
internal static class Outcome
{
    /// <summary>The longest that an officer hears nothing: a sentence, or the sound of holding, lasts up to 12 s, and Twilio waits as long for an answer that does not come.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(25);

    public static void ShouldHaveHeardWords(this Cell cell)
    {
        var story = cell.World.Twilio.Story();
        foreach (var call in cell.Legs(cell.Officer))
        {
            call.Words.ShouldNotContain("application error", Case.Insensitive, story);
            var heard = call.Heard.Where(heard => heard.Kind != "pause").ToList();
            foreach (var (one, next) in heard.Zip(heard.Skip(1)).Where(pair => !IsTalk(pair.First)))
            {
                (next.At - one.At).ShouldBeLessThan(LongestSilence, $"silence after {one.At:T}\n{story}");
            }
        }
    }

    /// <summary>The enquiry is with the adviser with whom the officer spoke last, and the record tells how it came to that.</summary>
    public static async Task ShouldBeRecordedAsync(this Cell cell)
    {
        var story = cell.World.Twilio.Story();
        var enquiry = (await cell.World.EnquiriesAsync()).Where(enquiry => enquiry.From == cell.Officer.Number).ShouldHaveSingleItem(story);
        var spoke = cell.AdvisersLegs.Where(leg => leg.WasConnected()).OrderBy(leg => leg.ConnectedAt()).Last();
        var place = Enumerable.Range(1, MatrixBook.Places).Single(place => cell.Adviser(place).Number == spoke.To);
        enquiry.Owner.ShouldBe(MatrixBook.Adviser(cell.Stage.Place, place), story);
        enquiry.State.ShouldBe("accepted");

        // Documents that dial the adviser again tell of the dial, and not of a step that begins anew.
        var isDialled = cell.AdvisersLegs.Any(leg => leg.Direction == "outbound-dial");
        foreach (var line in cell.Stage.Story.Where(line => !isDialled || !line.StartsWith("escalated", StringComparison.Ordinal)).Select(line => Spelt(cell, line)))
        {
            enquiry.Timeline.ShouldContain(line, $"{string.Join('\n', enquiry.Timeline)}\n{story}");
        }
    }

    private static string Spelt(Cell cell, string line) =>
        string.Join(' ', line.Split(' ').Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out var place) ? MatrixBook.Adviser(cell.Stage.Place, place) : word));

    /// <summary>What follows is the officer's own talk, to somebody or to a recording.</summary>
    private static bool IsTalk(Simulator.Heard heard) =>
        heard.Text.StartsWith("connected with", StringComparison.Ordinal) || heard.Text.Contains("After the tone", StringComparison.Ordinal);
}
