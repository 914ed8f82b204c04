using OnCall.Testing;
using Shouldly;

namespace OnCall.Service.Tests.Matrix;

/// <summary>A conversation by text between an officer and the first adviser of a desk, which an enquiry is from its first word to DONE; the others of the desk look on.</summary>
/// <param name="desk">Its place in <see cref="MatrixBook"/>. An adviser is answered so many texts an hour and no more.</param>
internal sealed class TextTalk(World world, string officer, int desk)
{
    private const string Question = "How do I extradite somebody from Spain?";
    private const string Answer = "Use form E1, please.";
    private const string Thanks = "Thank you, it is sent.";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DateTimeOffset _began = world.Now;

    /// <summary>The stages in order: what is texted, by whom, and what has come of it once all is well.</summary>
    public static IReadOnlyList<TextStage> Stages { get; } =
    [
        new("opening", IsOfficer: true, Question, talk => talk.ToOfficer("Your enquiry is") == 1 && talk.ToAdviser(1, "Reply 1 to take it") >= 1),
        new("taking", IsOfficer: false, "1", talk => talk.ToAdviser(1, Question) >= 1),
        new("answering", IsOfficer: false, Answer, talk => talk.ToOfficer(Answer) >= 1),
        new("thanking", IsOfficer: true, Thanks, talk => talk.ToAdviser(1, Thanks) >= 1),
        // An answer that Twilio no longer waits for reaches nobody; the record tells whether it is closed.
        new("closing", IsOfficer: false, "DONE other form sent", _ => true, Sends: false),
    ];

    /// <summary>Somebody texts, a fault may strike, and all is well in the end.</summary>
    public async Task GoAsync(TextStage stage, Func<Task>? meanwhile = null)
    {
        world.Phone(stage.IsOfficer ? officer : Adviser).Text(World.Line, stage.Name == Stages[0].Name ? $"{MatrixBook.Key(desk)}\n{stage.Words}" : stage.Words);
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await world.UntilAsync(() => stage.IsDone(this), Patience);
    }

    /// <summary>Each word has come once to the one it was for and to nobody else, and the record tells of it.</summary>
    public async Task ShouldBeWholeAsync()
    {
        var all = (ToOfficer("Your enquiry is"), ToOfficer(Answer), ToAdviser(1, Question), ToAdviser(1, Thanks));
        all.ShouldBe((1, 1, 1, 1), world.Story());
        ToAdviser(1, "is closed").ShouldBeLessThanOrEqualTo(1);
        foreach (var other in new[] { 2, 3 })
        {
            new[] { Question, Answer, Thanks, officer }.Sum(words => ToAdviser(other, words)).ShouldBe(ToAdviser(other, $"a text from {officer}. Reply 1"), world.Story());
        }

        Texts(officer).ShouldAllBe(text => !text.Contains(Adviser));
        var enquiry = (await world.EnquiriesAsync()).Where(enquiry => enquiry.From == officer).ShouldHaveSingleItem(world.Story());
        (enquiry.State, enquiry.AcceptedBy).ShouldBe(("closed", MatrixBook.Adviser(desk, 1)));
        enquiry.Timeline.Where(line => line.Split(' ')[0] is "received" or "accepted" or "message-in" or "message-out" or "closed").ShouldBe(
            ["received sms", "message-in sms", $"accepted {MatrixBook.Adviser(desk, 1)} sms", $"message-out {MatrixBook.Adviser(desk, 1)} sms", $"message-in {MatrixBook.Adviser(desk, 1)} sms", $"closed {MatrixBook.Adviser(desk, 1)}"],
            string.Join('\n', enquiry.Timeline));
    }

    private string Adviser => MatrixBook.Number(desk, 1);

    private int ToOfficer(string words) => Count(officer, words);

    private int ToAdviser(int place, string words) => Count(MatrixBook.Number(desk, place), words);

    private int Count(string number, string words) => Texts(number).Count(text => text.Contains(words, StringComparison.Ordinal));

    private IEnumerable<string> Texts(string number) => world.Phone(number).Inbox.Where(text => text.CreatedAt >= _began).Select(text => text.Body);
}

/// <summary>A stage of a conversation by text.</summary>
/// <param name="IsDone">Whether it has come to what it is for.</param>
/// <param name="Sends">Whether anything is sent but the answer to the webhook; else no request and no callback of it can fail.</param>
internal sealed record TextStage(string Name, bool IsOfficer, string Words, Func<TextTalk, bool> IsDone, bool Sends = true);
