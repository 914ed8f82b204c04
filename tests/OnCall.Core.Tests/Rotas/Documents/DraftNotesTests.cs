using OnCall.Core.Rotas.Documents;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Rotas.Documents;

public sealed class DraftNotesTests
{
    [Fact]
    public void Add_MoreThanAnybodyReads_SaysThatThereAreMore()
    {
        var notes = new List<DraftProblem>();

        for (var line = 1; line <= DraftNotes.Most + 100; line++)
        {
            DraftNotes.Add(notes, new DraftProblem(null, "a", line, "is wrong."));
        }

        notes.Count.ShouldBe(DraftNotes.Most + 1);
        notes[^1].ShouldBe(new DraftProblem(null, RotaCheck.Document, DraftNotes.Most + 1, "there is more of this after these 10000; mend them first."));
    }

    [Fact]
    public void Add_LongQuotation_IsShortenedInItsMiddle()
    {
        var notes = new List<DraftProblem>();

        DraftNotes.Add(notes, new DraftProblem(null, new string('p', 1000), 1, $"id is \"{new string('x', 1000)}\"; write a shorter one."));

        notes[0].Sentence.ShouldStartWith("id is \"xxx");
        notes[0].Sentence.ShouldEndWith("xxx\"; write a shorter one.");
        notes[0].Sentence.Length.ShouldBe(601);
        notes[0].Path.Length.ShouldBe(301);
    }
}
