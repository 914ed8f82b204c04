using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Rest;

/// <summary>The REST API: who may ask, what is asked, and what goes wrong on the way. Source: https://www.twilio.com/docs/usage/api.</summary>
internal sealed class RestApi(Account account)
{
    private const string Root = "/2010-04-01/Accounts/{account}";

    public void Map(IEndpointRouteBuilder app)
    {
        void On(string method, string path, Func<RestCall, RestAnswer> act) => app.MapMethods(Root + path, [method], context => ServeAsync(context, act));

        On("POST", "/Calls.json", CallsResource.Create);
        On("GET", "/Calls.json", CallsResource.List);
        On("GET", "/Calls/{sid}.json", CallsResource.Fetch);
        On("POST", "/Calls/{sid}.json", CallsResource.Update);
        On("DELETE", "/Calls/{sid}.json", CallsResource.Delete);
        On("POST", "/Messages.json", MessagesResource.Create);
        On("GET", "/Messages.json", MessagesResource.List);
        On("GET", "/Messages/{sid}.json", MessagesResource.Fetch);
        On("POST", "/Messages/{sid}.json", MessagesResource.Update);
        On("DELETE", "/Messages/{sid}.json", MessagesResource.Delete);
        On("GET", "/Recordings.json", RecordingsResource.List);
        On("GET", "/Recordings/{sid}.json", RecordingsResource.Fetch);
        On("DELETE", "/Recordings/{sid}.json", RecordingsResource.Delete);
        On("GET", "/Recordings/{sid}.mp3", call => RecordingsResource.Media(call, mp3: true));
        On("GET", "/Recordings/{sid}.wav", call => RecordingsResource.Media(call, mp3: false));
        On("GET", "/Recordings/{sid}", call => RecordingsResource.Media(call, mp3: false));
        On("GET", "/Conferences.json", ConferencesResource.List);
        On("GET", "/Conferences/{conference}.json", ConferencesResource.Fetch);
        On("POST", "/Conferences/{conference}.json", ConferencesResource.Update);
        On("GET", "/Conferences/{conference}/Participants.json", ParticipantsResource.List);
        On("POST", "/Conferences/{conference}/Participants.json", ParticipantsResource.Create);
        On("GET", "/Conferences/{conference}/Participants/{sid}.json", ParticipantsResource.Fetch);
        On("POST", "/Conferences/{conference}/Participants/{sid}.json", ParticipantsResource.Update);
        On("DELETE", "/Conferences/{conference}/Participants/{sid}.json", ParticipantsResource.Kick);
        On("GET", "/Queues.json", QueuesResource.List);
        On("POST", "/Queues.json", QueuesResource.Create);
        On("GET", "/Queues/{queue}.json", QueuesResource.Fetch);
        On("POST", "/Queues/{queue}.json", QueuesResource.Update);
        On("DELETE", "/Queues/{queue}.json", QueuesResource.Delete);
        On("GET", "/Queues/{queue}/Members.json", QueuesResource.ListMembers);
        On("GET", "/Queues/{queue}/Members/{sid}.json", QueuesResource.FetchMember);
        On("POST", "/Queues/{queue}/Members/{sid}.json", QueuesResource.Dequeue);
        On("GET", "/IncomingPhoneNumbers.json", NumbersResource.List);
        On("GET", "/IncomingPhoneNumbers/{sid}.json", NumbersResource.Fetch);
        On("POST", "/IncomingPhoneNumbers/{sid}.json", NumbersResource.Update);
        app.Map("/2010-04-01/{**rest}", context => ServeAsync(context, _ => throw RestError.NotFound(context.Request.Path)));
    }

    private async Task ServeAsync(HttpContext context, Func<RestCall, RestAnswer> act)
    {
        account.Loop.BeginWork();
        var counted = true;
        try
        {
            var request = await ReadAsync(context);
            var route = context.Request.RouteValues.ToDictionary(r => r.Key, r => (string)r.Value!, StringComparer.Ordinal);
            var call = new RestCall(account, request, route) { RawTarget = context.Request.Path + context.Request.QueryString };
            var fault = account.Faults.TakeRestFault(request);
            var answer = account.Loop.Invoke(() => Act(context, request, call, fault, act));
            if (fault is { Kind: RestFaultKind.Slow })
            {
                // Waiting for the clock is not being busy.
                counted = false;
                using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, account.Stopping);
                var wait = account.Loop.Invoke(() => account.Loop.Delay(fault.Delay, gone.Token));
                Interlocked.Increment(ref account.Late);
                account.Loop.EndWork();
                await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Interlocked.Decrement(ref account.Late);
                if (gone.IsCancellationRequested)
                {
                    context.Abort();
                    return;
                }
            }

            if (fault is { Kind: RestFaultKind.AnswerLost })
            {
                request.Status = 0;
                context.Abort();
                return;
            }

            await WriteAsync(context, answer);
        }
        finally
        {
            if (counted)
            {
                account.Loop.EndWork();
            }
        }
    }

    private RestAnswer Act(HttpContext context, RestRequest request, RestCall call, RestFault? fault, Func<RestCall, RestAnswer> act)
    {
        account.Requests.Add(request);
        try
        {
            Authenticate(context, call);
            if (fault is { Kind: RestFaultKind.TooMany })
            {
                throw new RestError(429, 20429, "Too Many Requests");
            }

            if (fault is { Kind: RestFaultKind.Unauthorized })
            {
                throw new RestError(401, 20003, "Authenticate");
            }

            if (fault is { Kind: RestFaultKind.Forbidden })
            {
                throw new RestError(403, 20403, "Forbidden");
            }

            if (fault is { Kind: RestFaultKind.ErrorBefore })
            {
                throw new RestError(500, 20500, "Internal server error");
            }

            var answer = act(call);
            request.Status = answer.Status;
            request.Sid = (string?)answer.Json?["sid"];
            return fault is { Kind: RestFaultKind.ErrorAfter } ? throw new RestError(500, 20500, "Internal server error") : answer;
        }
        catch (RestError error)
        {
            (request.Status, request.ErrorCode) = (error.Status, error.Code);
            return new RestAnswer(error.Status, error.Body());
        }
    }

    private void Authenticate(HttpContext context, RestCall call)
    {
        var given = AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header) && header.Scheme == "Basic" ? header.Parameter ?? "" : "";
        var accepted = account.Tokens.Select(token => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.Sid}:{token}")));
        if (!accepted.Contains(given, StringComparer.Ordinal))
        {
            throw new RestError(401, 20003, "Authenticate");
        }

        if (context.Request.RouteValues.ContainsKey("account") && call.Route("account") != account.Sid)
        {
            throw RestError.NotFound(context.Request.Path);
        }
    }

    private async Task<RestRequest> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var path = context.Request.Path.Value!;
        var prefix = $"/2010-04-01/Accounts/{account.Sid}";
        return new RestRequest
        {
            At = account.Options.Time.GetUtcNow(),
            Method = context.Request.Method,
            Path = path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : path,
            Query = Parameters.Decode(context.Request.QueryString.Value?.TrimStart('?') ?? ""),
            Form = Parameters.Decode(body),
        };
    }

    private static async Task WriteAsync(HttpContext context, RestAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.Headers["Twilio-Request-Id"] = "RQ" + Guid.NewGuid().ToString("N");
        context.Response.Headers["Twilio-Concurrent-Requests"] = "1";
        context.Response.Headers["Twilio-Request-Duration"] = 0.001.ToString(CultureInfo.InvariantCulture);
        if (answer.Json is { } json)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
        }
        else if (answer.Bytes is { } bytes)
        {
            context.Response.ContentType = answer.ContentType;
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }
}
