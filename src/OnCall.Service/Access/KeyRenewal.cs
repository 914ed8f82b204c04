using NodaTime;
using OnCall.Service.Duty;

namespace OnCall.Service.Access;

/// <summary>What became of the wish to renew an API key.</summary>
internal abstract record KeyRenewal
{
    /// <param name="Secret">It is shown this once.</param>
    public sealed record Done(ApiKeyRow Row, string Secret) : KeyRenewal;

    /// <summary>It was deleted, or never was.</summary>
    public sealed record NotThere : KeyRenewal;

    /// <param name="Why">Sentences that say what to do.</param>
    public sealed record Refused(string Why) : KeyRenewal;

    /// <summary>Why a key cannot be renewed so; null = it can.</summary>
    public static KeyRenewal? WhyNot(ApiKeyRow row, RenewalWish wish, Instant now) => row switch
    {
        { ExpiresAt: { } expired } when expired <= now => wish.Expiry is not null ? null
            : new Refused($"The key expired on {Told(expired)}. Give it a new expiry with the renewal; its old secret stays refused."),
        { PreviousUntil: { } end, RenewedAt: { } renewed } when end > now && wish.Overlap > Duration.Zero => new Refused(
            $"The key was renewed on {Told(renewed)} by {row.RenewedBy}, and its old secret is good until {Told(end)}: a third one would end it too early. Wait until then, make another key beside it, "
            + "or renew it with an overlap of 0 hours, which ends both of its secrets at once."),
        _ => null,
    };

    private static string Told(Instant at) => AskedTime.Tell(at, DateTimeZone.Utc);
}
