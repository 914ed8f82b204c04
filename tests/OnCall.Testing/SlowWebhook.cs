using System.Net;

namespace OnCall.Testing;

/// <summary>A webhook as it came once, sent again to one node in two halves.</summary>
public sealed class SlowWebhook(PassedRequest passed) : IDisposable
{
    private readonly TwoHalves _body = new(passed.Body);

    public Task HalfIsSent => _body.HalfIsSent.Task;

    /// <summary>Sends the first half, and ends with the answer.</summary>
    /// <param name="http">To the node.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpClient http, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, passed.Target) { Content = _body };
        foreach (var (name, values) in passed.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                _body.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return await http.SendAsync(request, stop);
    }

    public void SendRest() => _body.Rest.SetResult();

    public void Dispose() => _body.Dispose();

    private sealed class TwoHalves(byte[] bytes) : HttpContent
    {
        public TaskCompletionSource HalfIsSent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Rest { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var half = bytes.Length / 2;
            await stream.WriteAsync(bytes.AsMemory(0, half));
            await stream.FlushAsync();
            HalfIsSent.SetResult();
            await Rest.Task;
            await stream.WriteAsync(bytes.AsMemory(half));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
