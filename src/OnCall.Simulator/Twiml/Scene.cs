using OnCall.Simulator.Telephony;
using OnCall.Simulator.Webhooks;

namespace OnCall.Simulator.Twiml;

/// <summary>Where documents run: whose call it is, who hears them, and which verbs they may hold.</summary>
internal sealed class Scene
{
    private Scene(Account account, TwimlRules rules, Func<Parameters> parameters, Func<IReadOnlyList<Call>> audience, Call? call)
    {
        Account = account;
        Rules = rules;
        Parameters = parameters;
        Audience = audience;
        Call = call;
    }

    public Account Account { get; }

    public TwimlRules Rules { get; }

    /// <summary>The parameters of every request for a document.</summary>
    public Func<Parameters> Parameters { get; }

    public Func<IReadOnlyList<Call>> Audience { get; }

    /// <summary>The leg whose documents these are; null for announcements to a room.</summary>
    public Call? Call { get; }

    /// <summary>Whether the leg itself runs here: it answers by its verbs, has a fallback, and hears an application error.</summary>
    public bool IsMain => Rules == TwimlRules.Call;

    public static Scene OfLeg(Call call) => new(call.Account, TwimlRules.Call, () => CallParameters.Of(call), () => [call], call);

    /// <summary>Documents that a leg hears while it waits, or before it is bridged.</summary>
    public static Scene Aside(Call call, TwimlRules rules, Func<Parameters>? extra = null) =>
        new(call.Account, rules, () => CallParameters.Of(call).AddRange(extra?.Invoke()), () => [call], call);

    /// <summary>An announcement to everybody in a room.</summary>
    public static Scene Announcement(Account account, Func<Parameters> parameters, Func<IReadOnlyList<Call>> audience) =>
        new(account, TwimlRules.RoomWait, parameters, audience, call: null);
}
