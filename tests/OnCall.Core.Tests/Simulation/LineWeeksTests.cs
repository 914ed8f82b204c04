using System.Reflection;
using OnCall.Core.Escalation;
using OnCall.Soak;
using OnCall.Soak.Invariants;
using Shouldly;
using Xunit;

namespace OnCall.Core.Tests.Simulation;

/// <summary>Lines of all sizes live through weeks around the changes of the clocks; <c>deploy/soak.sh</c> does the same for years.</summary>
public sealed class LineWeeksTests
{
    private const int Worlds = 25;
    private const int Weeks = 8;

    [Fact]
    public void Live_TwoHundredLineWeeks_HoldWhatMustHold()
    {
        var figures = new Figures();
        Parallel.For(1, Worlds + 1, seed =>
        {
            // In so few weeks much of what only an outage shows would never happen.
            var lived = World.Live(WorldPlan.Of(seed, Weeks, storms: 8));
            lock (figures)
            {
                figures.Add(lived);
            }
        });
        KindsOf<EnquiryEvent>().Concat(KindsOf<ChainFact>()).Concat(KindsOf<Effect>()).Concat(KindsOf<Stage>()).Except(figures.Kinds)
            .ShouldBeEmpty("it never happened in all the weeks");
        Enum.GetValues<Talk>().Except(figures.Talks).ShouldBeEmpty();
        Enum.GetValues<OwedBecause>().Except(figures.Reasons).ShouldBeEmpty();
        Enum.GetValues<OfficerWish>().Except(figures.Wishes).ShouldBeEmpty();
        figures.Checks.ShouldBeGreaterThan(figures.Events);
    }

    [Fact]
    public void Live_TheSameSeedTwice_IsTheSameWorld()
    {
        var (once, again) = (World.Live(WorldPlan.Of(1, 2)), World.Live(WorldPlan.Of(1, 2)));
        (again.Story, again.Enquiries, again.Events, again.Effects, again.Checks).ShouldBe((once.Story, once.Enquiries, once.Events, once.Effects, once.Checks));
    }

    private static IEnumerable<Type> KindsOf<T>() => typeof(T).GetNestedTypes(BindingFlags.Public).Where(kind => kind.IsSubclassOf(typeof(T)));
}
