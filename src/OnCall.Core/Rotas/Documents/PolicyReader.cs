using NodaTime;

namespace OnCall.Core.Rotas.Documents;

/// <summary>Reads escalation policies.</summary>
internal static class PolicyReader
{
    private const string RotaPrefix = "rota:";
    private const string AdviserPrefix = "adviser:";
    private const string ForceContact = "force-contact";

    private static readonly ValueList<Duration> UsualChase = [Duration.FromMinutes(2), Duration.FromMinutes(5), Duration.FromMinutes(10)];

    public static EscalationPolicy? Policy(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var id = PeopleReader.Id(map, "policy", spot.Reading);
        var steps = map.Required("steps", "who is tried, step by step")?.Items().Select(Step).OfType<PolicyStep>().ToValueList();
        var rounds = map.Optional("rounds", "how often the whole list is gone through; 2 if left out")?.Integer(1, 100) ?? 2;
        var then = map.Optional("then", "what the officer is offered when nobody took it; callback if left out")?.OneOf("callback", "voicemail");
        var chase = map.Optional("chase", "the waits before the last step is paged again, the last one repeating; PT2M, PT5M, PT10M if left out")?.Items().Select(wait => wait.Elapsed(Duration.FromDays(1))).OfType<Duration>().ToValueList() ?? UsualChase;
        map.RefuseOthers();
        return id is null || steps is null
            ? null
            : new EscalationPolicy(id, steps, rounds, then == "voicemail" ? AfterRounds.Voicemail : AfterRounds.Callback, chase);
    }

    /// <summary>Reads <c>rota:ID</c> or <c>adviser:ID</c>, and <c>force-contact</c> where it makes sense.</summary>
    public static NotifyTarget? Target(Spot spot, bool mayBeForceContact)
    {
        if (spot.Text(TextForm.Target) is not { } text)
        {
            return null;
        }

        if (text == ForceContact && mayBeForceContact)
        {
            return new NotifyTarget.ForceContact();
        }

        if (text.StartsWith(RotaPrefix, StringComparison.Ordinal))
        {
            return Known(spot, "rota", text[RotaPrefix.Length..], spot.Reading.Known.Rotas) is { } rota ? new NotifyTarget.Rota(rota) : null;
        }

        if (text.StartsWith(AdviserPrefix, StringComparison.Ordinal))
        {
            return Known(spot, "adviser", text[AdviserPrefix.Length..], spot.Reading.Known.Advisers) is { } adviser ? new NotifyTarget.Adviser(adviser) : null;
        }

        spot.Fault($"is \"{text}\"; write rota:ID or adviser:ID{(mayBeForceContact ? " or force-contact" : "")}.");
        return null;
    }

    public static string Write(NotifyTarget target) => target switch
    {
        NotifyTarget.Rota rota => RotaPrefix + rota.Id,
        NotifyTarget.Adviser adviser => AdviserPrefix + adviser.Id,
        _ => ForceContact,
    };

    private static PolicyStep? Step(Spot spot)
    {
        if (spot.Map() is not { } map)
        {
            return null;
        }

        var notify = map.Required("notify", "who is tried, like [\"rota:extradition\"]")?.Items()
            .Select(target => Target(target, mayBeForceContact: true)).OfType<NotifyTarget>().ToValueList();
        var ring = map.Optional("ring", "how long phones ring; PT25S if left out")?.Elapsed(Duration.FromMinutes(10)) ?? Duration.FromSeconds(25);
        var wait = map.Optional("wait", "how long a text is waited for; PT1M if left out")?.Elapsed(Duration.FromDays(1)) ?? Duration.FromMinutes(1);
        map.RefuseOthers();
        return notify is null ? null : new PolicyStep(notify, ring, wait);
    }

    private static string? Known(Spot spot, string kind, string id, IReadOnlySet<string> known) =>
        (spot with { Node = new DraftNode.Scalar(id, IsQuoted: true, spot.Node.Line) }).Reference(kind, known);
}
