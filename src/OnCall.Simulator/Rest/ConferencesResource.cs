using System.Text.Json.Nodes;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;
using OnCall.Simulator.Twiml;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Rest;

/// <summary>Rooms. Source: https://www.twilio.com/docs/voice/api/conference-resource.</summary>
internal static class ConferencesResource
{
    public static RestAnswer List(RestCall call) => call.List(
        "conferences",
        call.Account.Conferences.AsEnumerable().Reverse().Where(c =>
            (call.Query["FriendlyName"] is not { } name || c.Name == name)
            && (call.Query["Status"] is not { } status || c.Status == status)
            && call.Matches("DateCreated", c.Created)
            && call.Matches("DateUpdated", c.Updated)),
        c => c.Sid,
        c => Render(call.Account, c));

    public static RestAnswer Fetch(RestCall call) => RestAnswer.Ok(Render(call.Account, Find(call)));

    /// <summary>Ends a room, or says something to everybody in it.</summary>
    public static RestAnswer Update(RestCall call)
    {
        call.Expect("Status AnnounceUrl AnnounceMethod");
        var room = Find(call);
        if (call.Form["Status"] is { } status)
        {
            if (status != Conference.Completed)
            {
                throw RestError.BadRequest(20001, $"Status must be completed, not {status}");
            }

            room.End("conference-ended-via-api", by: null, "conference_ended_via_api");
        }
        else if (call.Address("AnnounceUrl", 21205) is { } announcement)
        {
            Announce(room, announcement, call.Account, () => [.. room.Participants.Select(p => p.Call)]);
        }

        return RestAnswer.Ok(Render(call.Account, room));
    }

    /// <summary>By SID, whether it has ended or not.</summary>
    public static Conference Find(RestCall call)
    {
        var sid = call.Route("conference");
        return call.Account.Conferences.Find(c => c.Sid == sid) ?? throw RestError.NotFound($"/Conferences/{sid}.json");
    }

    /// <summary>An announcement needs a room that has started (16001): assumed for a caller who waits alone (check 18).</summary>
    public static void Announce(Conference room, Callback announcement, Account account, Func<IReadOnlyList<Call>> audience)
    {
        if (!room.IsStarted)
        {
            throw RestError.BadRequest(16001, "The conference is not bridged");
        }

        account.Loop.Start(async () =>
        {
            var end = await new TwimlRunner(Scene.Announcement(account, room.Describe, audience)).RunAsync(new Fetch(announcement.Url, announcement.Method), account.Stopping);
            room.Tell("announcement", end == TwimlEnd.Failed ? "announcement-fail" : "announcement-end", new Parameters().Add("AnnounceUrl", announcement.Url));
        });
    }

    private static JsonObject Render(Account account, Conference room)
    {
        var uri = $"/2010-04-01/Accounts/{account.Sid}/Conferences/{room.Sid}";
        return new JsonObject
        {
            ["sid"] = room.Sid,
            ["account_sid"] = account.Sid,
            ["friendly_name"] = room.Name,
            ["status"] = room.Status,
            ["region"] = "us1",
            ["reason_conference_ended"] = room.ReasonEnded,
            ["call_sid_ending_conference"] = room.EndedBy?.Sid,
            ["api_version"] = "2010-04-01",
            ["date_created"] = Rfc2822.Of(room.Created),
            ["date_updated"] = Rfc2822.Of(room.Updated),
            ["uri"] = $"{uri}.json",
            ["subresource_uris"] = new JsonObject { ["participants"] = $"{uri}/Participants.json", ["recordings"] = $"{uri}/Recordings.json" },
        };
    }
}
