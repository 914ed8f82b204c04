using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Access;

public sealed class EndpointAccessTests(TestDatabase databases)
{
    [Fact]
    public async Task Endpoints_OfTheService_AllStateWhoMayCallThem()
    {
        await using var database = await databases.CreateAsync();
        await using var service = await RunningService.StartAsync(database.ConnectionString);

        var endpoints = service.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        endpoints.ShouldNotBeEmpty();
        endpoints.Where(endpoint => !StatesWhoMayCallIt(endpoint)).Select(endpoint => endpoint.DisplayName).ShouldBeEmpty();
    }

    [Fact]
    public void StatesWhoMayCallIt_AnEndpointThatForgot_IsFalse()
    {
        StatesWhoMayCallIt(new Endpoint(null, new EndpointMetadataCollection(), "forgetful")).ShouldBeFalse();
        StatesWhoMayCallIt(new Endpoint(null, new EndpointMetadataCollection(new AuthorizeAttribute()), "no policy")).ShouldBeFalse();
    }

    private static bool StatesWhoMayCallIt(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy is not null)
        || endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null;
}
