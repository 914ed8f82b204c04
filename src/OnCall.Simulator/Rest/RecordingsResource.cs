using System.Globalization;
using System.Text.Json.Nodes;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;

namespace OnCall.Simulator.Rest;

/// <summary>Recordings and their sounds. Source: https://www.twilio.com/docs/voice/api/recording.</summary>
internal static class RecordingsResource
{
    public static RestAnswer List(RestCall call) => call.List(
        "recordings",
        call.Account.Recordings.AsEnumerable().Reverse().Where(r =>
            (r.Status != "deleted" || call.Query["IncludeSoftDeleted"] == "true")
            && (call.Query["CallSid"] is not { } sid || r.CallSid == sid)
            && call.Query["ConferenceSid"] is null
            && call.Matches("DateCreated", r.StartedAt + r.Length)),
        r => r.Sid,
        r => Render(call.Account, r));

    public static RestAnswer Fetch(RestCall call)
    {
        var recording = call.Account.Recordings.Find(r => r.Sid == call.Route("sid"));
        return recording is not null && (recording.Status != "deleted" || call.Query["IncludeSoftDeleted"] == "true")
            ? RestAnswer.Ok(Render(call.Account, recording))
            : throw RestError.NotFound($"/Recordings/{call.Route("sid")}.json");
    }

    public static RestAnswer Delete(RestCall call)
    {
        var recording = Find(call);
        recording.Status = "deleted";
        recording.UpdatedAt = call.Account.Loop.Now;
        return RestAnswer.Deleted;
    }

    /// <summary>The address without an ending gives WAV, with <c>.mp3</c> MP3; before the file is ready there is nothing.</summary>
    public static RestAnswer Media(RestCall call, bool mp3)
    {
        var recording = Find(call);
        return recording.Status != "completed" ? throw RestError.NotFound($"/Recordings/{recording.Sid}")
            : mp3 ? new RestAnswer(200, Bytes: SoundFiles.Mp3(recording.Length), ContentType: "audio/mpeg")
            : new RestAnswer(200, Bytes: SoundFiles.Wave(recording.Length), ContentType: "audio/x-wav");
    }

    private static Recording Find(RestCall call) =>
        call.Account.Recordings.Find(r => r.Sid == call.Route("sid") && r.Status != "deleted") ?? throw RestError.NotFound($"/Recordings/{call.Route("sid")}");

    private static JsonObject Render(Account account, Recording recording)
    {
        var uri = $"/2010-04-01/Accounts/{account.Sid}/Recordings/{recording.Sid}";
        var ready = recording.Status == "completed";
        return new JsonObject
        {
            ["sid"] = recording.Sid,
            ["account_sid"] = account.Sid,
            ["api_version"] = "2010-04-01",
            ["call_sid"] = recording.CallSid,
            ["conference_sid"] = null,
            ["date_created"] = Rfc2822.Of(recording.StartedAt + recording.Length),
            ["date_updated"] = Rfc2822.Of(recording.UpdatedAt),
            ["start_time"] = Rfc2822.Of(recording.StartedAt),
            ["duration"] = ready ? recording.Seconds.ToString(CultureInfo.InvariantCulture) : null,
            ["price"] = null,
            ["price_unit"] = "USD",
            ["status"] = recording.Status,
            ["channels"] = 1,
            ["source"] = "RecordVerb",
            ["error_code"] = recording.ErrorCode,
            ["uri"] = $"{uri}.json",
            ["encryption_details"] = null,
            ["subresource_uris"] = new JsonObject { ["transcriptions"] = $"{uri}/Transcriptions.json" },
            ["media_url"] = recording.Url,
        };
    }
}
