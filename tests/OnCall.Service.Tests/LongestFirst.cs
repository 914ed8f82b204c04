using OnCall.Service.Tests.Calls;
using OnCall.Service.Tests.Chain;
using OnCall.Service.Tests.Matrix;
using OnCall.Service.Tests.Ops;
using OnCall.Service.Tests.Outbox;
using Xunit.Sdk;
using Xunit.v3;

namespace OnCall.Service.Tests;

/// <summary>The classes that take longest begin first: one that began last would be waited for on one core, with the others idle. The rest follow in xunit's own order.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string?[] Long =
    [
        typeof(When_twilio_fails).FullName,
        typeof(When_the_database_is_away).FullName,
        typeof(When_a_node_is_drained).FullName,
        typeof(When_anything_fails_at_any_stage).FullName,
        typeof(When_anything_fails_at_any_stage_of_a_text).FullName,
        typeof(When_the_service_is_killed_at_any_stage).FullName,
        typeof(When_the_process_is_killed).FullName,
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections).OrderBy(Place)];

    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection =>
        Array.FindIndex(Long, name => collection.TestCollectionDisplayName.Contains($" {name} ", StringComparison.Ordinal)) is var place and >= 0 ? place : Long.Length;
}
