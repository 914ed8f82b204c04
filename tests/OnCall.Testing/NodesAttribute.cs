using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace OnCall.Testing;

/// <summary>Runs a scenario with one node of the service, and with two between which the webhooks alternate.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow<int>(1), new TheoryDataRow<int>(2)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
