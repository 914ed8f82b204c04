using OnCall.Simulator.Telephony;

namespace OnCall.Simulator.Webhooks;

/// <summary>The parameters that every voice request carries. Source: https://www.twilio.com/docs/voice/twiml#request-parameters.</summary>
internal static class CallParameters
{
    private static readonly string[] Parties = ["From", "To", "Caller", "Called"];

    public static Parameters Of(Call call, string? status = null)
    {
        var parameters = new Parameters()
            .Add("CallSid", call.Sid)
            .Add("AccountSid", call.Account.Sid)
            .Add("From", call.From)
            .Add("To", call.To)
            .Add("Caller", call.From)
            .Add("Called", call.To)
            .Add("CallStatus", status ?? call.Status)
            .Add("ApiVersion", "2010-04-01")
            .Add("Direction", call.Direction)
            .Add("ParentCallSid", call.Parent?.Sid);
        AddPlaces(parameters, call.From, call.To);
        return parameters;
    }

    /// <summary>City, state, zip and country of both parties; of UK numbers only the country is usually known.</summary>
    public static void AddPlaces(Parameters parameters, string from, string to, bool calls = true)
    {
        foreach (var party in Parties.Where(p => calls || p is "From" or "To"))
        {
            var number = party is "From" or "Caller" ? from : to;
            parameters
                .Add(party + "City", "")
                .Add(party + "State", "")
                .Add(party + "Zip", "")
                .Add(party + "Country", number.StartsWith("+44", StringComparison.Ordinal) ? "GB" : "");
        }
    }
}
