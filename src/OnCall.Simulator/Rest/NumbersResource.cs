using System.Text.Json.Nodes;
using OnCall.Simulator.Telephony;
using OnCall.Simulator.Timing;

namespace OnCall.Simulator.Rest;

/// <summary>The account's own numbers. Source: https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource.</summary>
internal static class NumbersResource
{
    public static RestAnswer List(RestCall call) => call.List(
        "incoming_phone_numbers",
        call.Account.Numbers.AsEnumerable().Reverse().Where(n =>
            (call.Query["PhoneNumber"] is not { } part || n.Number.Contains(part.TrimStart('+'), StringComparison.Ordinal))
            && (call.Query["FriendlyName"] is not { } name || n.FriendlyName == name)),
        n => n.Sid,
        n => Render(call.Account, n));

    public static RestAnswer Fetch(RestCall call) => RestAnswer.Ok(Render(call.Account, Find(call)));

    public static RestAnswer Update(RestCall call)
    {
        call.Expect("FriendlyName VoiceUrl VoiceMethod VoiceFallbackUrl VoiceFallbackMethod StatusCallback StatusCallbackMethod SmsUrl SmsMethod SmsFallbackUrl SmsFallbackMethod VoiceReceiveMode ApiVersion");
        var number = Find(call);
        number.FriendlyName = call.Form["FriendlyName"] ?? number.FriendlyName;
        number.VoiceUrl = Address(call, "VoiceUrl", number.VoiceUrl);
        number.VoiceMethod = Method(call, "VoiceMethod", number.VoiceMethod);
        number.VoiceFallbackUrl = Address(call, "VoiceFallbackUrl", number.VoiceFallbackUrl);
        number.VoiceFallbackMethod = Method(call, "VoiceFallbackMethod", number.VoiceFallbackMethod);
        number.StatusCallback = Address(call, "StatusCallback", number.StatusCallback);
        number.StatusCallbackMethod = Method(call, "StatusCallbackMethod", number.StatusCallbackMethod);
        number.SmsUrl = Address(call, "SmsUrl", number.SmsUrl);
        number.SmsMethod = Method(call, "SmsMethod", number.SmsMethod);
        number.SmsFallbackUrl = Address(call, "SmsFallbackUrl", number.SmsFallbackUrl);
        number.SmsFallbackMethod = Method(call, "SmsFallbackMethod", number.SmsFallbackMethod);
        number.UpdatedAt = call.Account.Loop.Now;
        return RestAnswer.Ok(Render(call.Account, number));
    }

    private static AccountNumber Find(RestCall call) =>
        call.Account.Numbers.Find(n => n.Sid == call.Route("sid")) ?? throw RestError.NotFound($"/IncomingPhoneNumbers/{call.Route("sid")}.json");

    /// <summary>An empty value takes the address away.</summary>
    private static string? Address(RestCall call, string name, string? now) =>
        call.Form[name] is not { } given ? now : given.Length == 0 ? null : call.Address(name, 21402)!.Url;

    private static string Method(RestCall call, string name, string now) => call.Form[name] switch
    {
        null => now,
        "GET" or "POST" => call.Form[name]!,
        var other => throw RestError.BadRequest(21403, $"{name} must be GET or POST, not {other}"),
    };

    private static JsonObject Render(Account account, AccountNumber number) => new()
    {
        ["sid"] = number.Sid,
        ["account_sid"] = account.Sid,
        ["friendly_name"] = number.FriendlyName,
        ["phone_number"] = number.Number,
        ["voice_url"] = number.VoiceUrl ?? "",
        ["voice_method"] = number.VoiceMethod,
        ["voice_fallback_url"] = number.VoiceFallbackUrl ?? "",
        ["voice_fallback_method"] = number.VoiceFallbackMethod,
        ["voice_caller_id_lookup"] = false,
        ["voice_application_sid"] = null,
        ["voice_receive_mode"] = "voice",
        ["status_callback"] = number.StatusCallback ?? "",
        ["status_callback_method"] = number.StatusCallbackMethod,
        ["sms_url"] = number.SmsUrl ?? "",
        ["sms_method"] = number.SmsMethod,
        ["sms_fallback_url"] = number.SmsFallbackUrl ?? "",
        ["sms_fallback_method"] = number.SmsFallbackMethod,
        ["sms_application_sid"] = "",
        ["trunk_sid"] = null,
        ["address_sid"] = null,
        ["address_requirements"] = "none",
        ["identity_sid"] = null,
        ["bundle_sid"] = null,
        ["emergency_status"] = "Inactive",
        ["emergency_address_sid"] = null,
        ["emergency_address_status"] = "unregistered",
        ["beta"] = false,
        ["origin"] = "twilio",
        ["status"] = "in-use",
        ["capabilities"] = new JsonObject { ["voice"] = number.Voice, ["sms"] = number.Sms, ["mms"] = false, ["fax"] = false },
        ["api_version"] = "2010-04-01",
        ["date_created"] = Rfc2822.Of(number.CreatedAt),
        ["date_updated"] = Rfc2822.Of(number.UpdatedAt),
        ["uri"] = $"/2010-04-01/Accounts/{account.Sid}/IncomingPhoneNumbers/{number.Sid}.json",
    };
}
