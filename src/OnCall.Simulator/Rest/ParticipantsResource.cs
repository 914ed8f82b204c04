using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;

namespace OnCall.Simulator.Rest;

/// <summary>The legs in a room. Source: https://www.twilio.com/docs/voice/api/conference-participant-resource. Assumed: a leg joins when it answers, also with early media (check 16), and waits for its turn under the calls-per-second limit (check 5).</summary>
internal static class ParticipantsResource
{
    private static readonly TimeSpan Extra = TimeSpan.FromSeconds(5);

    public static RestAnswer List(RestCall call)
    {
        var room = ConferencesResource.Find(call);
        return call.List(
            "participants",
            room.Participants.Where(p => (call.Query["Muted"] is not { } muted || p.Muted == (muted == "true")) && (call.Query["Hold"] is not { } hold || p.Hold == (hold == "true"))),
            p => p.Call.Sid,
            Render);
    }

    public static RestAnswer Fetch(RestCall call) => RestAnswer.Ok(Render(Find(call)));

    /// <summary>Calls somebody into a room, made on demand if it is named. No document runs on that leg.</summary>
    public static RestAnswer Create(RestCall call)
    {
        call.Expect("From To Label Timeout EarlyMedia Beep Muted StartConferenceOnEnter EndConferenceOnExit WaitUrl WaitMethod MaxParticipants StatusCallback StatusCallbackEvent StatusCallbackMethod ConferenceStatusCallback ConferenceStatusCallbackEvent ConferenceStatusCallbackMethod TimeLimit CallReason");
        var account = call.Account;
        var (from, to) = CallsResource.Parties(call, 21201, 21213);
        var room = Room(call);
        var seating = Read(call);
        if (room.Refusal(seating) is var code and not 0)
        {
            throw RestError.BadRequest(code, code == 16025 ? $"The label {seating.Label} is taken" : "The conference is full");
        }

        var (progress, ring, limit) = (CallsResource.Progress(call), TimeSpan.FromSeconds(call.Number("Timeout", 5, 600) ?? 60) + Extra, CallsResource.TimeLimit(call));
        var leg = new Call(account, "outbound-api", from, to, account.Phone(to)) { Progress = progress };
        leg.LimitTime(limit);
        account.Switchboard.Send(leg, ring, answered => account.Room(room.Name).SitAsync(leg, seating, answered));
        return RestAnswer.Created(Render(account, room, leg, seating.Label, "queued", seating));
    }

    public static RestAnswer Update(RestCall call)
    {
        call.Expect("Muted Hold HoldUrl HoldMethod AnnounceUrl AnnounceMethod BeepOnExit EndConferenceOnExit WaitUrl WaitMethod");
        var seat = Find(call);
        if (call.Flag("EndConferenceOnExit") is { } ends)
        {
            seat.EndsRoom = ends;
            seat.Room.Tell("modify", "participant-modify", seat.Describe());
        }

        if (call.Flag("Muted") is { } muted && muted != seat.Muted)
        {
            seat.Muted = muted;
            seat.Room.Tell("mute", muted ? "participant-mute" : "participant-unmute", seat.Describe());
        }

        if (call.Flag("Hold") is { } hold)
        {
            Hold(call, seat, hold);
        }

        if (call.Address("AnnounceUrl", 21205) is { } announcement)
        {
            ConferencesResource.Announce(seat.Room, announcement, call.Account, () => [seat.Call]);
        }

        seat.Updated = call.Account.Loop.Now;
        return RestAnswer.Ok(Render(seat));
    }

    /// <summary>Puts the leg out of the room; it goes on with its own document. A leg without one ends. Which reason is told is assumed (check 17).</summary>
    public static RestAnswer Kick(RestCall call)
    {
        var seat = Find(call);
        seat.Room.Leave(seat, "participant_updated_via_api", "kicked");
        return RestAnswer.Deleted;
    }

    private static Conference Room(RestCall call)
    {
        var name = call.Route("conference");
        var bySid = call.Account.Conferences.Find(c => c.Sid == name);
        if (bySid is { Status: Conference.Completed })
        {
            throw RestError.BadRequest(16022, "The conference has ended");
        }

        return bySid ?? (name.StartsWith("CF", StringComparison.Ordinal) && name.Length == 34 ? throw RestError.NotFound($"/Conferences/{name}.json") : call.Account.Room(name));
    }

    private static Participant Find(RestCall call)
    {
        var (room, id) = (ConferencesResource.Find(call), call.Route("sid"));
        return room.Participants.Find(p => p.Call.Sid == id || p.Label == id) ?? throw RestError.NotFound($"/Conferences/{room.Sid}/Participants/{id}.json");
    }

    private static Seating Read(RestCall call) => new()
    {
        Label = call.Form["Label"] is not { } label || label.Length <= 128 ? call.Form["Label"] : throw RestError.BadRequest(16025, "Label has more than 128 characters"),
        Muted = call.Flag("Muted") ?? false,
        StartsRoom = call.Flag("StartConferenceOnEnter") ?? true,
        EndsRoom = call.Flag("EndConferenceOnExit") ?? false,
        WaitUrl = call.Address("WaitUrl", 21205),
        Silent = call.Form["WaitUrl"] is "",
        MostParticipants = call.Number("MaxParticipants", 2, 250) ?? 250,
        StatusCallback = call.Address("ConferenceStatusCallback", 21609, "ConferenceStatusCallbackMethod"),
        Events = call.Form.Has("ConferenceStatusCallbackEvent") ? call.Form.All("ConferenceStatusCallbackEvent").ToImmutableHashSet() : ["start", "end"],
    };

    private static void Hold(RestCall call, Participant seat, bool hold)
    {
        if (!seat.Room.IsStarted)
        {
            throw RestError.BadRequest(16001, "The conference is not bridged");
        }

        seat.Hold = hold;
        seat.StopMusic();
        seat.Room.Tell("hold", hold ? "participant-hold" : "participant-unhold", seat.Describe());
        if (hold && call.Address("HoldUrl", 21205) is { } document)
        {
            // Unlike others, the hold address is asked by GET unless told.
            seat.Room.PlayTo(seat, call.Form.Has("HoldMethod") ? document : document with { Method = HttpMethod.Get });
        }
        else if (hold)
        {
            seat.Call.Hear("play", "hold music");
        }
    }

    private static JsonObject Render(Participant seat)
    {
        var json = Render(seat.Call.Account, seat.Room, seat.Call, seat.Label, seat.Call.IsOver ? "complete" : "connected", new Seating { Muted = seat.Muted, StartsRoom = seat.StartsRoom, EndsRoom = seat.EndsRoom });
        json["hold"] = seat.Hold;
        json["date_created"] = Rfc2822.Of(seat.Since);
        json["date_updated"] = Rfc2822.Of(seat.Updated);
        return json;
    }

    private static JsonObject Render(Account account, Conference room, Call leg, string? label, string status, Seating seating) => new()
    {
        ["call_sid"] = leg.Sid,
        ["conference_sid"] = room.Sid,
        ["account_sid"] = account.Sid,
        ["label"] = label,
        ["muted"] = seating.Muted,
        ["hold"] = false,
        ["coaching"] = false,
        ["call_sid_to_coach"] = null,
        ["start_conference_on_enter"] = seating.StartsRoom,
        ["end_conference_on_exit"] = seating.EndsRoom,
        ["status"] = status,
        ["queue_time"] = ((long)leg.QueueTime.TotalMilliseconds).ToString(CultureInfo.InvariantCulture),
        ["date_created"] = Rfc2822.Of(leg.Created),
        ["date_updated"] = Rfc2822.Of(leg.Updated),
        ["uri"] = $"/2010-04-01/Accounts/{account.Sid}/Conferences/{room.Sid}/Participants/{leg.Sid}.json",
    };
}
