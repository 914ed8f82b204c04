using System.Collections.Concurrent;
using CsCheck;
using NodaTime;
using OnCall.Core.Duty;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Escalation;

/// <summary>Thousands of enquiries to which anything happens in any order, likely or not: nothing throws, and what must hold, holds at every step.</summary>
public sealed class RandomWalkTests
{
    private static readonly Gen<string> Target =
        Gen.OneOf(AnyOf([.. DeskBook.Names]), AnyOf("rota:first", "rota:second", "rota:unknown", "force-contact"));

    private static readonly Gen<DeskBook> Books =
        from steps in Target.Array[0, 3].Select(targets => string.Join(' ', targets)).Array[0, 3]
        from rounds in Gen.Int[1, 3]
        from voicemail in Gen.Bool
        from menu in Gen.Bool
        from chase in Gen.Int[1, 20].Array[1, 3]
        from away in AnyOf([.. DeskBook.Names]).Array[0, 2]
        from blocked in Gen.Int[0, 3]
        from contact in AnyOf(null, "fir", "rota:second")
        from turns in AnyOf("ash", "birch", "cedar+dogwood", "").Array[1, 3]
        select new DeskBook
        {
            Steps = steps.ToValueList(),
            Rounds = rounds,
            Then = voicemail ? AfterRounds.Voicemail : AfterRounds.Callback,
            Menu = menu ? DeskBook.TwoDesks : [],
            ChaseMinutes = chase.ToValueList(),
            Away = away.ToValueList(),
            BlocksOfficer = blocked == 0,
            ForceContact = contact,
            Rotas = new Dictionary<string, string[]> { ["first"] = turns, ["second"] = ["elm", "fir+elm", ""] },
        };

    /// <summary>How long nothing happens (-1: until the deadline, and that is what happens), and which of all that may happen comes then.</summary>
    private static readonly Gen<(long Seconds, int Which)[]> Walks = Gen.Select(
        Gen.OneOf(Gen.Const(-1L), Gen.Const(-1L), Gen.Long[0, 30], Gen.Long[0, 30], Gen.Long[0, 900], Gen.Long[0, 86_400]),
        Gen.Int[0, 99_999]).Array[1, 60];

    [Fact]
    public void Decide_AnythingInAnyOrder_KeepsWhatMustHold()
    {
        var reached = new ConcurrentDictionary<string, int>();
        Gen.Select(Books, Gen.Bool, Walks).Sample((book, withheld, steps) => Walk(DeskStory.Call(book, withheld: withheld), book, steps, reached), iter: 3000);
        Enum.GetValues<EnquiryState>().Except([EnquiryState.Callback]).Select(state => state.ToString())
            // Some ten walks of all come to an officer who is called back in vain, and now and then none: TalkTests and OwedTests lead there.
            .Concat(Enum.GetValues<Talk>().Except([Talk.OfficerUnreached]).Select(talk => talk.ToString())).Except(reached.Keys).ShouldBeEmpty("the walk never came there");
    }

    [Fact]
    public void Decide_AnythingAfterAText_KeepsWhatMustHold()
    {
        var reached = new ConcurrentDictionary<string, int>();
        Gen.Select(Books, AnyOf("ash", "fir", "").Array[0, 2], Walks).Sample(
            (book, noTexts, steps) =>
            {
                var mixed = book with { NoTexts = noTexts.ToValueList() };
                Walk(DeskStory.Text(mixed), mixed, steps, reached);
            },
            iter: 2000);
        new[] { EnquiryState.Paging, EnquiryState.Accepted, EnquiryState.Unanswered, EnquiryState.Closed }.Select(state => state.ToString())
            .Except(reached.Keys).ShouldBeEmpty("the walk never came there");
    }

    private static Gen<T> AnyOf<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    private static void Walk(DeskStory story, DeskBook book, (long Seconds, int Which)[] steps, ConcurrentDictionary<string, int> reached)
    {
        var watch = new Watch(book.Build(), story.Enquiry);
        watch.Sees(story.Enquiry, story.Effects, story.Now);
        foreach (var (seconds, which) in steps)
        {
            var wait = seconds >= 0 ? Duration.FromSeconds(seconds) : Duration.Max(Duration.Zero, (story.Enquiry.Deadline ?? story.Now) - story.Now);
            story.ElapseWithoutADecision(wait);
            var likely = Happenings.MeantFor(story.Enquiry);
            story.Busy = [.. DeskBook.Names.Where((_, place) => (which >> place) % 2 == 0)];
            var all = which % 4 == 0 ? Happenings.To(story.Enquiry) : likely;
            var happened = seconds < 0 ? likely[0] : all[which / 4 % all.Count];
            story.Happens(happened);
            Standing.Check(story.Enquiry, happened.ToString());
            watch.Sees(story.Enquiry, story.Effects, story.Now);
            reached[story.Enquiry.State.ToString()] = 1;
            reached[(story.Enquiry.Stage as Stage.Accepted)?.Talk.ToString() ?? ""] = 1;
        }

        // Whatever has happened: time alone leads on, never into a loop.
        story.After(Duration.FromHours(3));
        Standing.Check(story.Enquiry, "three quiet hours");
    }

    /// <summary>What cannot be seen in the enquiry at one moment: who passed, and whether those who are rung were to be rung.</summary>
    private sealed class Watch(RotaBook book, Enquiry before)
    {
        private readonly HashSet<string> _passed = [];
        private Enquiry _before = before;

        public void Sees(Enquiry enquiry, ValueList<Effect> effects, Instant now)
        {
            if (enquiry.Stage is Stage.Owed)
            {
                _passed.Clear();
            }

            // Whoever passed it on chose this adviser, on duty or not, whatever the adviser had pressed before.
            _passed.ExceptWith(enquiry.Pages.Where(page => page is { IsLive: true, Source: Roster.PassedOn }).Select(page => page.Adviser));
            foreach (var call in effects.OfType<Effect.PlaceCall>())
            {
                var page = enquiry.Pages.Single(page => page.Id == call.Page);
                page.State.ShouldBeOfType<PageState.Requested>();
                if (page.Source == Roster.PassedOn)
                {
                    continue;
                }

                var hadIt = (_before.Stage is Stage.Accepted accepted && accepted.Adviser == page.Adviser) || enquiry.AcceptedBy == page.Adviser;
                if (!hadIt)
                {
                    _passed.ShouldNotContain(page.Adviser, "one who passed is rung again");
                    var wasTexted = _before.Pages.Where(earlier => earlier.Method == PageMethod.Sms).Select(earlier => earlier.Adviser);
                    ToBeRung(enquiry, now).Concat(wasTexted).ShouldContain(page.Adviser, "one is rung who is neither on duty nor named");
                }
            }

            foreach (var relay in effects.OfType<Effect.Relay>())
            {
                var isOfficers = enquiry.Words.Single(word => word.Message == relay.Message).Adviser is null;
                (relay.Adviser is null ? enquiry.TextNumber : new Roster(book).Adviser(enquiry.AcceptedBy!)?.Sms).ShouldBe(relay.To, "words reach somebody who does not have it");
                (relay.Adviser is not null || !isOfficers).ShouldBeTrue("the officer's words come back");
            }

            // An expression to be compiled, as ShouldAllBe takes it, would be most of the walk.
            effects.OfType<Effect.PageByText>().Where(text => !enquiry.IsPagedByText || !enquiry.Pages.Any(page => page.Id == text.Page && page.Adviser == text.Adviser)).ShouldBeEmpty();
            _passed.UnionWith(enquiry.Pages.Where(page => page.State is PageState.Over { End: PageEnd.Passed }).Select(page => page.Adviser));
            if (enquiry.AcceptedBy is { } tookIt)
            {
                _passed.Remove(tookIt);
            }

            enquiry.Pages.Count.ShouldBeLessThanOrEqualTo(60);
            enquiry.PageCount.ShouldBeGreaterThanOrEqualTo(_before.PageCount);
            _before = enquiry;
        }

        private IEnumerable<string> ToBeRung(Enquiry enquiry, Instant now) =>
            new Roster(book).Policy(enquiry).Steps.SelectMany(step => step.Notify).SelectMany(target => OfTarget(target, now));

        private IEnumerable<string> OfTarget(NotifyTarget? target, Instant now) => target switch
        {
            NotifyTarget.Adviser named => [named.Id],
            NotifyTarget.Rota rota when book.Rotas.TryGetValue(rota.Id, out var known) => DutyTimeline.At(book, known, now).Advisers.Select(on => on.Id),
            NotifyTarget.ForceContact => OfTarget(book.Content.Forces[0].Contact, now),
            _ => [],
        };
    }
}
