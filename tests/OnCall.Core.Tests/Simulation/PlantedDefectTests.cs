using NodaTime;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Soak;
using OnCall.Soak.Carrier;
using OnCall.Soak.Invariants;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Simulation;

/// <summary>What must hold is worth nothing if it cannot fail: for each, a world with a defect on purpose, which that invariant reports and no other.</summary>
public sealed class PlantedDefectTests
{
    // What nobody has for four hours is rare: which world shows it first changes with every sentence that takes longer to say.
    private const int MostWorlds = 400;
    private const int Weeks = 4;

    private static readonly Destination Nowhere = new(Door.Officer, "");

    private static readonly IReadOnlyDictionary<string, (Type Invariant, Func<Defect> Plant)> Defects = new Dictionary<string, (Type, Func<Defect>)>
    {
        ["the call back to the officer is lost"] = (typeof(OfficerIsSomewhere), () => new Defect { Loses = effect => effect is Effect.CallBack }),
        ["the call to the adviser is lost"] = (typeof(OfficerIsSomewhere), () => new Defect { Loses = effect => effect is Effect.PlaceCall }),
        ["the hold is missing from the document"] = (typeof(OfficerIsSomewhere), () => new Defect { Document = (_, steps) => steps is [CallStep.Say, CallStep.Hold] ? [steps[0]] : steps }),
        ["the dial is missing from the document"] = (typeof(OfficerIsSomewhere), () => new Defect { Document = (_, steps) => steps is [CallStep.Say, CallStep.Dial] ? [steps[0]] : steps }),
        ["the dial is missing where nobody knows of the call"] = (typeof(OfficerIsSomewhere), () => new Defect { Document = (leg, steps) => leg.Known is null && steps is [CallStep.Say, CallStep.Dial] ? [steps[0]] : steps }),
        ["nothing but silence is heard in the queue"] = (typeof(OfficerIsSomewhere), () => new Defect { Document = WithoutWords }),
        ["who presses 1 too late is connected"] = (typeof(OneAdviserAtATime), () => new Defect { Document = ConnectingTheLate }),
        ["a voicemail that picks up is connected"] = (typeof(OnlyWhoPressedOneIsConnected), () => new Defect { Told = happened => happened is EnquiryEvent.PageAnswered answered ? new EnquiryEvent.PageTaken(answered.Page, answered.CallSid) : happened }),
        ["a voicemail that is dialled is connected"] = (typeof(OnlyWhoPressedOneIsConnected), () => new Defect { Document = (_, steps) => steps is [CallStep.Ask { Then.Door: Door.ChainKey }, CallStep.HangUp] ? [] : steps }),
        ["a voicemail is connected where nobody knows of the call"] = (typeof(OnlyWhoPressedOneIsConnected), () => new Defect { Document = (leg, steps) => leg.Known is null && steps is [CallStep.Ask { Then.Door: Door.ChainKey }, CallStep.HangUp] ? [] : steps }),
        ["what happened while the database was away is forgotten"] = (typeof(NothingIsLostWithTheDatabase), () => new Defect { Forgets = _ => true }),
        ["what was promised while the database was away is forgotten"] = (typeof(NothingIsLostWithTheDatabase), () => new Defect { Forgets = fact => fact is ChainFact.Promised }),
        ["that a number may not be called is forgotten"] = (typeof(PromisesCanBeKept), () => new Defect { Decided = (_, _, decision) => decision with { Next = decision.Next with { FromIsOutOfReach = null } } }),
        ["absences are overlooked"] = (typeof(OnlyDutyIsRung), () => new Defect { Book = Edited(content => content with { Absences = [] }) }),
        ["nobody can take what is chased"] = (typeof(EveryEnquiryEndsOwned), () => new Defect { Decided = NothingTakesTheOwed }),
        ["that somebody passed is forgotten"] = (typeof(NoPageTwice), () => new Defect { Decided = ForgettingWhoPassed }),
        ["every call to an adviser is stored twice"] = (typeof(NoPageTwice), () => new Defect { Decided = (_, _, decision) => decision with { Effects = decision.Effects.Concat(decision.Effects.OfType<Effect.PlaceCall>()).ToValueList() } }),
        ["nobody looks at the menu's deadline"] = (typeof(DeadlinesAreKept), () => new Defect { Oversleeps = enquiry => enquiry.Stage is Stage.Menu }),
        ["telephones ring too long"] = (typeof(DeadlinesAreKept), () => new Defect { Decided = RingingLonger }),
        ["the chase waits too long"] = (typeof(DeadlinesAreKept), () => new Defect { Decided = ChasingLater }),
        ["the coordinators are told nothing"] = (typeof(CoordinatorsAreTold), () => new Defect { Loses = IsForCoordinators }),
        ["the coordinators are told once"] = (typeof(CoordinatorsAreTold), () => new Defect { Decided = TellingCoordinatorsOnce() }),
        ["who is busy with another enquiry is not known"] = (typeof(OneOfferAtATime), () => new Defect { Busy = _ => new HashSet<string>() }),
    };

    public static TheoryData<string> Names => [.. Defects.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Live_WithADefect_IsReportedByItsInvariantAlone(string name)
    {
        var (invariant, plant) = Defects[name];
        var breach = FirstBreach(plant).ShouldNotBeNull("no world noticed it");
        breach.Breaches.Select(one => one.Invariant).Distinct().ShouldBe([invariant], breach.Message);
        breach.Message.ShouldStartWith($"Seed {breach.Plan.Seed}, ");
        breach.Message.ShouldContain("came in", customMessage: "the story is told from the beginning");
    }

    [Fact]
    public void Defects_Together_AreOfEveryInvariant() =>
        typeof(Invariant).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Invariant))).Except(Defects.Values.Select(defect => defect.Invariant)).ShouldBeEmpty();

    private static BreachException? FirstBreach(Func<Defect> plant)
    {
        for (var seed = 1; seed <= MostWorlds; seed++)
        {
            try
            {
                World.Live(WorldPlan.Of(seed, Weeks, storms: 10), plant);
            }
            catch (BreachException e)
            {
                return e;
            }
        }

        return null;
    }

    private static IReadOnlyList<CallStep> WithoutWords(Leg leg, IReadOnlyList<CallStep> steps) =>
        steps is [CallStep.WithKeys { Prompt: [CallStep.Say, CallStep.HoldSound] } held] ? [held with { Prompt = [new CallStep.HoldSound()] }] : steps;

    private static IReadOnlyList<CallStep> ConnectingTheLate(Leg leg, IReadOnlyList<CallStep> steps) =>
        steps is [CallStep.Say say, CallStep.HangUp] && say.Words == Phrases.AlreadyTaken(Language.English) && leg is AdviserLeg { PressedOne: true, Known: { } enquiry }
            ? [new CallStep.Connect(enquiry.TalkRoom, "", true, Nowhere, Nowhere)] : steps;

    /// <summary>Each book is edited once: building one costs more than a decision.</summary>
    private static Func<RotaBook, RotaBook> Edited(Func<BookContent, BookContent> edit)
    {
        var (known, edited) = (RotaBook.Empty, RotaBook.Empty);
        return book =>
        {
            if (book != known)
            {
                (known, edited) = (book, new RotaBook(book.Revision, edit(book.Content)));
            }

            return edited;
        };
    }

    private static Decision NothingTakesTheOwed(Enquiry before, EnquiryEvent happened, Decision decision) =>
        before.Stage is Stage.Owed && happened is EnquiryEvent.TakenByText or EnquiryEvent.PageTaken ? new Decision(before, [], []) : decision;

    /// <summary>By text, which disturbs nobody: in place of one who passed a call somebody busy may be rung first, which is another invariant's.</summary>
    private static Decision ForgettingWhoPassed(Enquiry before, EnquiryEvent happened, Decision decision) =>
        WithPages(decision, page => page.Method == PageMethod.Sms && page.State is PageState.Over { End: PageEnd.Passed } ? page with { State = new PageState.Over(PageEnd.Expired) } : page);

    private static Decision RingingLonger(Enquiry before, EnquiryEvent happened, Decision decision) => happened is not EnquiryEvent.PagePlaced placed ? decision
        : WithPages(decision, page => page.Id == placed.Page && page.State is PageState.Ringing ringing ? page with { State = new PageState.Ringing(ringing.Until + Duration.FromSeconds(30)) } : page);

    private static Decision ChasingLater(Enquiry before, EnquiryEvent happened, Decision decision) => decision.Next.Stage is Stage.Owed { Next: { } next } owed && before.Stage is not Stage.Owed
        ? decision with { Next = decision.Next with { Stage = owed with { Next = next + Duration.FromMinutes(10) } } } : decision;

    private static bool IsForCoordinators(Effect effect) => effect is Effect.SendText { Adviser: null } text && text.Body.Contains("Please", StringComparison.Ordinal);

    private static Func<Enquiry, EnquiryEvent, Decision, Decision> TellingCoordinatorsOnce()
    {
        HashSet<Guid> told = [];
        return (before, _, decision) => decision.Effects.Any(IsForCoordinators) && !told.Add(before.Id)
            ? decision with { Effects = decision.Effects.Where(effect => !IsForCoordinators(effect)).ToValueList() } : decision;
    }

    private static Decision WithPages(Decision decision, Func<Page, Page> change) => decision with { Next = decision.Next with { Pages = decision.Next.Pages.Select(change).ToValueList() } };
}
