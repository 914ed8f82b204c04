using OnCall.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(TestDatabase))]
