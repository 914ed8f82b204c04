using System.Collections.Concurrent;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Tests.Escalation;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Conversations;

/// <summary>No sequence of texts from anybody throws, sends to a stranger, relays to somebody who did not take the enquiry, loses a message, or counts one twice.</summary>
public sealed class ConversationTests
{
    private const int Conversations = 100_000;
    private const int FewConversations = 2_000;

    private static readonly PhoneNumber Stranger = PhoneNumber.Parse("+447700900666");

    private static readonly IReadOnlyDictionary<string, (TextRule Rule, TextDefect Defect)> Defects = new Dictionary<string, (TextRule, TextDefect)>
    {
        ["a text cannot be read"] = (TextRule.NothingThrows, new TextDefect { Swallows = text => text.Contains('\u05E9') ? throw new FormatException("letters from right to left") : false }),
        ["a receipt goes to the number in the text"] = (TextRule.NothingGoesToAStranger, Sends<Effect.SendText>(text => text.Adviser is null ? text with { To = Stranger } : text)),
        ["a page goes to the wrong adviser"] = (TextRule.NothingGoesToAStranger, Sends<Effect.PageByText>(text => text with { To = DeskBook.Phone("elm") })),
        ["words go to whoever was asked"] = (TextRule.OnlyWhoHasItReads, Sends<Effect.Relay>(relay => relay.Adviser is null ? relay : relay with { Adviser = "elm", To = DeskBook.Phone("elm") })),
        ["words come back to who wrote them"] = (TextRule.OnlyWhoHasItReads, new TextDefect { Decided = ComingBack }),
        ["who takes it does not read what was written before"] = (TextRule.NothingIsLost, new TextDefect { Decided = WithoutHistory }),
        ["the last part of a long text is missing"] = (TextRule.NothingIsLost, Without(effect => effect is Effect.Relay { Part: > 1 } relay && relay.Part == relay.Parts)),
        ["an officer's text is forgotten"] = (TextRule.NothingIsLost, new TextDefect { Decided = ForgettingWords }),
        ["texts in Welsh never arrive"] = (TextRule.NothingIsLost, new TextDefect { Swallows = text => text.Contains('\u0177') }),
        ["nobody is asked any more"] = (TextRule.NothingIsLost, new TextDefect { Decided = (_, _, decision) => decision.Next.Stage is Stage.Owed owed ? WithStage(decision, owed with { Next = null, TellAt = null }) : decision }),
        ["what was heard is not remembered"] = (TextRule.NothingCountsTwice, new TextDefect { Decided = (_, _, decision) => decision with { Next = decision.Next with { Heard = [] } } }),
    };

    public static TheoryData<string> Names => [.. Defects.Keys];

    [Fact]
    public void Texts_FromAnybodyInAnyOrder_KeepWhatMustHold()
    {
        ConcurrentBag<int> broken = [];
        Parallel.ForEach(Partitioner.Create(0, Conversations, 1_000), (range, loop) =>
        {
            for (var seed = range.Item1; seed < range.Item2 && !loop.IsStopped; seed++)
            {
                if (Conversation.Breach(seed) is not null)
                {
                    broken.Add(seed);
                    loop.Stop();
                }
            }
        });
        broken.ShouldBeEmpty(broken.IsEmpty ? "" : Conversation.Story(broken.Min()));
    }

    [Theory, MemberData(nameof(Names))]
    public void Texts_WithADefect_BreakItsRule(string name)
    {
        var (rule, defect) = Defects[name];
        var seed = Enumerable.Range(0, FewConversations).FirstOrDefault(seed => Conversation.Breach(seed, defect) is not null, -1);
        seed.ShouldNotBe(-1, "no conversation noticed it");
        Conversation.Breach(seed, defect)!.Value.Rule.ShouldBe(rule, Conversation.Story(seed, defect));
    }

    [Fact]
    public void Defects_Together_AreOfEveryRule() => Enum.GetValues<TextRule>().Except(Defects.Values.Select(defect => defect.Rule)).ShouldBeEmpty();

    [Fact]
    public void Texts_InSomeThousandConversations_ComeToEveryStageAndEvent()
    {
        HashSet<Type> seen = [];
        var watching = new TextDefect
        {
            Decided = (_, happened, decision) =>
            {
                seen.Add(decision.Next.Stage.GetType());
                seen.Add(happened?.GetType() ?? typeof(Decision));
                return decision;
            },
        };
        Enumerable.Range(0, 5_000).ShouldAllBe(seed => Conversation.Breach(seed, watching) == null);
        new[]
        {
            typeof(Stage.Paging), typeof(Stage.Accepted), typeof(Stage.Owed), typeof(Stage.Closed), typeof(EnquiryEvent.OfficerTexted), typeof(EnquiryEvent.AdviserTexted), typeof(EnquiryEvent.TakenByText),
            typeof(EnquiryEvent.PassedByText), typeof(EnquiryEvent.CallWanted), typeof(EnquiryEvent.Close), typeof(EnquiryEvent.PageTextFailed), typeof(EnquiryEvent.RelayFailed), typeof(EnquiryEvent.PageTaken),
        }.Except(seen).Select(kind => kind.Name).ShouldBeEmpty("no conversation came there");
    }

    private static TextDefect Sends<T>(Func<T, T> otherwise)
        where T : Effect => new() { Decided = (_, _, decision) => decision with { Effects = decision.Effects.Select(effect => effect is T one ? otherwise(one) : effect).ToValueList() } };

    private static TextDefect Without(Func<Effect, bool> which) => new() { Decided = (_, _, decision) => decision with { Effects = decision.Effects.Where(effect => !which(effect)).ToValueList() } };

    private static Decision WithoutHistory(Enquiry? before, EnquiryEvent? happened, Decision decision) => happened is EnquiryEvent.TakenByText
        ? decision with { Effects = decision.Effects.Where(effect => effect is not Effect.Relay).ToValueList() } : decision;

    private static Decision ComingBack(Enquiry? before, EnquiryEvent? happened, Decision decision) => decision with
    {
        Effects = decision.Effects.Select(effect => effect is Effect.Relay { Adviser: not null } relay ? relay with { Adviser = null, To = decision.Next.From! } : effect).ToValueList(),
    };

    private static Decision ForgettingWords(Enquiry? before, EnquiryEvent? happened, Decision decision) =>
        happened is EnquiryEvent.OfficerTexted ? decision with { Next = decision.Next with { Words = before!.Words } } : decision;

    private static Decision WithStage(Decision decision, Stage stage) => decision with { Next = decision.Next with { Stage = stage } };
}
