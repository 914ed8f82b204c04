using System.Globalization;

namespace OnCall.Service.Access;

/// <summary>A key or token was not looked at, and may be sent again later.</summary>
/// <param name="status">429: too many wrong ones came from the address; 503: the keys of the token's issuer are not known here yet.</param>
/// <param name="wait">For how long.</param>
internal sealed class NotNowException(int status, TimeSpan wait, string message) : Exception(message)
{
    public static NotNowException TooManyWrong(TimeSpan wait) => new(StatusCodes.Status429TooManyRequests, wait, "Too many wrong keys came from this address.");

    /// <summary>Whether a request was answered so: that is no failure of its own, and what is behind it was told of when it began.</summary>
    public static bool IsAnsweredOn(HttpContext http) => http.Features.Get<NotNowException>() is not null;

    public void AnswerOn(HttpResponse response)
    {
        response.HttpContext.Features.Set(this);
        response.StatusCode = status;
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }
}
