using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OnCall.Service.Twilio;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Twilio;

public sealed class TwilioLinkTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly TwilioLink _link;

    public TwilioLinkTests() => _link = new TwilioLink(_services.GetRequiredService<IMeterFactory>(), _time);

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData(5, 1, true)]
    [InlineData(4, 2, false)]
    [InlineData(5, 0.5, false)]
    [InlineData(2, 12, true)]
    [InlineData(2, 9, false)]
    [InlineData(1, 12, false)]
    [InlineData(4, 600, false)]
    public void PlacesNoCalls_CallsAskedForInVain_CountsThemAndHowLongTheyTook(int calls, double secondsApart, bool none)
    {
        for (var call = 0; call < calls; call++)
        {
            _time.Advance(TimeSpan.FromSeconds(secondsApart));
            _link.Asked(forCall: true, answered: false);
        }

        _link.PlacesNoCalls.ShouldBe(none);
    }

    [Fact]
    public void PlacesNoCalls_OneIsPlacedBetweenTwoInVain_IsFalse()
    {
        foreach (var answered in new[] { false, true, false })
        {
            _time.Advance(TimeSpan.FromSeconds(12));
            _link.Asked(forCall: true, answered);
        }

        _link.PlacesNoCalls.ShouldBeFalse();
    }

    [Fact]
    public void PlacesNoCalls_TheCallAfterTheRestIsInVainToo_StaysTrue()
    {
        for (var call = 0; call < 2; call++)
        {
            _time.Advance(TimeSpan.FromSeconds(12));
            _link.Asked(forCall: true, answered: false);
        }

        _time.Advance(TimeSpan.FromSeconds(32));
        _link.PlacesNoCalls.ShouldBeFalse("one is asked for again");
        _time.Advance(TimeSpan.FromSeconds(10));
        _link.Asked(forCall: true, answered: false);

        _link.PlacesNoCalls.ShouldBeTrue();
    }
}
