using System.Reflection;
using System.Runtime.CompilerServices;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using OnCall.Core.Escalation;
using Shouldly;
using Xunit;
using Assembly = System.Reflection.Assembly;

namespace OnCall.Core.Tests;

/// <summary>What makes Core pure, and its rooms one-way.</summary>
public sealed class CoreConventionTests
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly Core = typeof(Escalator).Assembly;

    private static readonly Architecture Architecture = new ArchLoader().LoadAssembly(Core).Build();

    [Fact]
    public void References_OfCore_AreNodaTimeAndTheRuntime() =>
        Core.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name != "NodaTime" && !name.StartsWith("System.", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void Methods_OfCore_AreNotAsync() =>
        Core.GetTypes().SelectMany(type => type.GetMethods(Everything)).Where(method => method.IsDefined(typeof(AsyncStateMachineAttribute)))
            .Select(method => $"{method.DeclaringType}.{method.Name}").ShouldBeEmpty();

    [Fact]
    public void Classes_OfCore_AreSealedStaticOrAbstract() =>
        Core.GetTypes().Where(type => !IsGenerated(type)).Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false }).ShouldBeEmpty();

    [Fact]
    public void Rooms_OfCore_UseOnlyWhatStandsBeforeThem() => Rooms.OfCore.Breaches(Architecture).ShouldBeEmpty();

    [Fact]
    public void Rooms_OfCore_AreAllKnown() => Architecture.Types.Select(Rooms.RoomOf).OfType<string>().Distinct()
        .ShouldBe(Rooms.OfCore.Names, ignoreOrder: true, "a room without a place in the order, or a place without a room");

    /// <summary>Proof that the rule can fail: with the order turned round, the arrows that there are point the wrong way.</summary>
    [Fact]
    public void Rooms_InTheOppositeOrder_AreInBreach()
    {
        var breaches = Rooms.OfCore.Reversed().Breaches(Architecture).ToList();
        breaches.ShouldContain("OnCall.Core.Escalation.Roster uses OnCall.Core.Duty.DutyTimeline");
        breaches.ShouldContain("OnCall.Core.Calls.OfficerFlow uses OnCall.Core.Escalation.Enquiry");
        breaches.ShouldContain("OnCall.Core.Rotas.Line uses OnCall.Core.People.PhoneNumber");
    }

    private static bool IsGenerated(System.Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute)) || (type.DeclaringType is { } outer && IsGenerated(outer));
}
