using OnCall.Service.Tests;
using OnCall.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(TestDatabase))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
