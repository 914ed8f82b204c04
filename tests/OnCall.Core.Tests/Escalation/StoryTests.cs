using OnCall.Core.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

public sealed class StoryTests
{
    [Fact]
    public void Sentence_OfACall_TellsWhoWasRungAndWhy()
    {
        var story = DeskStory.Call(new DeskBook()).Rings("ash", "birch").PicksUp("ash").Passes("ash").CallEnds("birch", "busy").Rings("cedar").TalksTo("cedar");
        story.Timeline.Select(entry => Story.Sentence(entry, entry.Adviser)).ShouldBe(
        [
            "A call came in: number listed for Essex Police.",
            "The desk was chosen: Extradition and arrest: the line has one desk.",
            "ash was rung: named in the policy.",
            "birch was rung: named in the policy.",
            "ash picked up.",
            "ash passed.",
            "birch could not be reached: busy.",
            "It went on: round 1, step 2.",
            "cedar was rung: named in the policy.",
            "cedar picked up.",
            "cedar took it.",
            "The officer and cedar were connected.",
        ]);
    }

    [Fact]
    public void Sentence_EveryEventOfEverySituation_HasWordsOfItsOwn()
    {
        foreach (var entry in Situations.All.Values.SelectMany(story => story().Timeline))
        {
            Story.Sentence(entry, entry.Adviser).ShouldNotStartWith(entry.Event, Case.Sensitive);
        }
    }
}
