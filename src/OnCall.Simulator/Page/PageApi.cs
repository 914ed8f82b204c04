using OnCall.Simulator.Telephony;

namespace OnCall.Simulator.Page;

/// <summary>What the page of the phones asks and does.</summary>
internal sealed class PageApi(Account account)
{
    public void Map(IEndpointRouteBuilder app) => app.MapGet("/sim/", () => Results.Text(account.Sid));
}
