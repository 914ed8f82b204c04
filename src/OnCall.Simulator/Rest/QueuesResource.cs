using System.Text.Json.Nodes;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;
using OnCall.Simulator.Twiml;

namespace OnCall.Simulator.Rest;

/// <summary>Queues and who waits in them. The codes 22002 to 22004 are assumed (check 11). Sources: https://www.twilio.com/docs/voice/api/queue-resource, https://www.twilio.com/docs/voice/api/member-resource.</summary>
internal static class QueuesResource
{
    public static RestAnswer Create(RestCall call)
    {
        call.Expect("FriendlyName MaxSize");
        var name = call.Form["FriendlyName"] is { Length: > 0 and <= 64 } given ? given : throw RestError.BadRequest(22002, "FriendlyName must have 1 to 64 characters");
        if (call.Account.Queues.Exists(q => q.Name == name))
        {
            throw RestError.BadRequest(22003, $"A queue named {name} exists");
        }

        var queue = call.Account.Queue(name);
        queue.MaxSize = call.Number("MaxSize", 1, 5000) ?? queue.MaxSize;
        return RestAnswer.Created(Render(call.Account, queue));
    }

    public static RestAnswer List(RestCall call) => call.List("queues", call.Account.Queues.AsEnumerable().Reverse(), q => q.Sid, q => Render(call.Account, q));

    public static RestAnswer Fetch(RestCall call) => RestAnswer.Ok(Render(call.Account, Find(call)));

    public static RestAnswer Update(RestCall call)
    {
        call.Expect("FriendlyName MaxSize");
        var queue = Find(call);
        queue.Name = call.Form["FriendlyName"] ?? queue.Name;
        queue.MaxSize = call.Number("MaxSize", 1, 5000) ?? queue.MaxSize;
        queue.Updated = call.Account.Loop.Now;
        return RestAnswer.Ok(Render(call.Account, queue));
    }

    public static RestAnswer Delete(RestCall call)
    {
        var queue = Find(call);
        if (queue.Members.Count > 0)
        {
            throw RestError.BadRequest(22004, "The queue is not empty");
        }

        call.Account.Queues.Remove(queue);
        return RestAnswer.Deleted;
    }

    public static RestAnswer ListMembers(RestCall call)
    {
        var queue = Find(call);
        return call.List("queue_members", queue.Members, m => m.Call.Sid, m => Render(call.Account, m));
    }

    public static RestAnswer FetchMember(RestCall call) => RestAnswer.Ok(Render(call.Account, FindMember(call)));

    /// <summary>Takes a caller out and gives the leg other documents; its Enqueue is told <c>redirected</c>.</summary>
    public static RestAnswer Dequeue(RestCall call)
    {
        call.Expect("Url Method");
        var member = FindMember(call);
        var url = call.Address("Url", 21205, "Method") ?? throw RestError.BadRequest(21205, "Url parameter is required");
        var answer = Render(call.Account, member);
        member.Call.Redirect(TwimlRunner.For(member.Call, new Fetch(url.Url, url.Method)));
        return RestAnswer.Ok(answer);
    }

    private static HoldQueue Find(RestCall call) =>
        call.Account.Queues.Find(q => q.Sid == call.Route("queue")) ?? throw RestError.NotFound($"/Queues/{call.Route("queue")}.json");

    private static QueueMember FindMember(RestCall call)
    {
        var (queue, sid) = (Find(call), call.Route("sid"));
        return queue.Members.Find(m => sid == "Front" || m.Call.Sid == sid) ?? throw RestError.NotFound($"/Queues/{queue.Sid}/Members/{sid}.json");
    }

    private static JsonObject Render(Account account, HoldQueue queue) => new()
    {
        ["sid"] = queue.Sid,
        ["account_sid"] = account.Sid,
        ["friendly_name"] = queue.Name,
        ["current_size"] = queue.Members.Count,
        ["max_size"] = queue.MaxSize,
        ["average_wait_time"] = queue.AverageWait,
        ["date_created"] = Rfc2822.Of(queue.Created),
        ["date_updated"] = Rfc2822.Of(queue.Updated),
        ["uri"] = $"/2010-04-01/Accounts/{account.Sid}/Queues/{queue.Sid}.json",
        ["subresource_uris"] = new JsonObject { ["members"] = $"/2010-04-01/Accounts/{account.Sid}/Queues/{queue.Sid}/Members.json" },
    };

    private static JsonObject Render(Account account, QueueMember member) => new()
    {
        ["call_sid"] = member.Call.Sid,
        ["queue_sid"] = member.Queue.Sid,
        ["date_enqueued"] = Rfc2822.Of(member.Since),
        ["position"] = member.Position,
        ["wait_time"] = (int)member.Wait.TotalSeconds,
        ["uri"] = $"/2010-04-01/Accounts/{account.Sid}/Queues/{member.Queue.Sid}/Members/{member.Call.Sid}.json",
    };
}
