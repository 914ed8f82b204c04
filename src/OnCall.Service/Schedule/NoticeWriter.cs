using System.Text.Json;
using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.Schedule;
using OnCall.Service.Audit;
using OnCall.Service.Data;
using OnCall.Service.Outbox;
using OnCall.Service.Twilio;

namespace OnCall.Service.Schedule;

/// <summary>Writes what the clock of the rota brought: a key that lets it happen once, a line of the audit, and the texts for the outbox.</summary>
internal sealed class NoticeWriter(TwilioSettings twilio)
{
    private const string Handover = "handover";
    private const string Gaps = "gaps";

    /// <summary>Texts of the clock take half of the account's rate at most: those about enquiries do not wait behind them.</summary>
    private readonly Duration _apart = Duration.FromSeconds(2 / twilio.MessagesPerSecond);

    /// <returns>How many texts are to be sent.</returns>
    public async Task<int> AddAsync(OnCallDb db, IReadOnlyList<Moment> moments, Instant now, CancellationToken stop)
    {
        var texts = 0;
        foreach (var moment in moments)
        {
            var row = KeyOf(moment);
            if (await db.Set<NoticeRow>().FindAsync([row.Kind, row.Subject, row.At], stop) is not null)
            {
                continue;
            }

            db.Add(row);
            if (moment is Moment.OfHandover || moment.IsMissed || moment.Notices.Count > 0)
            {
                db.Add(RecordOf(moment, row, now));
            }

            foreach (var text in moment.Notices.OfType<Notice.Texted>())
            {
                db.Add(Effect(text, isAdviser: moment is Moment.OfHandover, row.Id, now + (_apart * texts++)));
            }
        }

        return texts;
    }

    private static NoticeRow KeyOf(Moment moment) => moment switch
    {
        Moment.OfHandover handover => new NoticeRow { Kind = Handover, Subject = handover.Handover.Rota.Id, At = handover.At, Id = Guid.NewGuid() },
        _ => new NoticeRow { Kind = Gaps, Subject = "coordinators", At = moment.At, Id = Guid.NewGuid() },
    };

    private static AuditRow RecordOf(Moment moment, NoticeRow key, Instant now)
    {
        var handover = (moment as Moment.OfHandover)?.Handover;
        var told = new Told(
            moment.At,
            handover?.After,
            moment.IsMissed,
            [.. moment.Notices.OfType<Notice.Texted>().Select(notice => notice.Person)],
            moment.Notices.OfType<Notice.LeftOut>().ToDictionary(notice => notice.Person, notice => notice.Why));
        return AuditEntry.Of(
            new Origin("oncall", "clock of the rota"), now, key.Kind, key.Subject, [key.Subject], handover is null ? null : new { Advisers = handover.Before }, told);
    }

    private static OutboxRow Effect(Notice.Texted text, bool isAdviser, Guid notice, Instant due) => new()
    {
        EnquiryId = notice,
        Lane = Lane.Texts,
        Effect = JsonSerializer.Serialize<Effect>(new Effect.SendText(text.To, text.From, text.Body, isAdviser ? text.Person : null), StoredJson.Options),
        DueAt = due,
    };

    /// <summary>What the audit holds of it.</summary>
    /// <param name="Advisers">Who is on duty from then on; null = it is about no rota.</param>
    private sealed record Told(
        Instant At, IEnumerable<string>? Advisers, bool Missed, IReadOnlyList<string> Texted, IReadOnlyDictionary<string, string> LeftOut);
}
