namespace OnCall.Service.Twilio;

/// <summary>Hears of every try of every request whether Twilio's REST API answered, and tells the link; of one that takes long, too.</summary>
internal sealed class TwilioEar(TwilioLink link, TimeProvider time) : DelegatingHandler
{
    /// <summary>After so long without an answer it is worth a look whether the API answers at all.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(4);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var forCall = request.Method == HttpMethod.Post && request.RequestUri?.AbsolutePath.EndsWith("/Calls.json", StringComparison.Ordinal) == true;
        var answered = false;
        await using var slow = time.CreateTimer(_ => link.Suspected.Set(), null, Long, Timeout.InfiniteTimeSpan);
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);

            // The time that a try has ends with the headers unless the whole answer is asked for here: one that stalls within it would hold its caller for ever.
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            answered = (int)answer.StatusCode is < 500 and not (401 or 429);
            return answer;
        }
        finally
        {
            link.Asked(forCall, answered);
        }
    }
}
