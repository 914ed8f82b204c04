using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace OnCall.Service.Twilio;

/// <summary>
/// Signs requests in. While tokens are being changed there are two: as soon as the new one is promoted the old one is refused, at a moment that nobody tells us, and calls must go out
/// then, too (https://www.twilio.com/docs/iam/api/authtoken-api). What was refused was not done, so it is asked once more with the other one.
/// </summary>
internal sealed class TwilioLogin(TwilioSettings settings) : DelegatingHandler
{
    /// <summary>The one that was taken last.</summary>
    private volatile string _token = settings.AuthToken;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = _token;
        var answer = await SendAsync(request, token, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || settings.AuthTokens.FirstOrDefault(one => one != token) is not { } other)
        {
            return answer;
        }

        answer.Dispose();
        answer = await SendAsync(request, other, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Unauthorized)
        {
            _token = other;
        }

        return answer;
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken stop)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.AccountSid}:{token}")));
        return base.SendAsync(request, stop);
    }
}
