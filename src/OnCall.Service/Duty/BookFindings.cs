using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Duty.Checks;
using OnCall.Core.Escalation;
using OnCall.Core.Rotas;
using OnCall.Service.Data;
using OnCall.Service.Outbox;

namespace OnCall.Service.Duty;

/// <summary>The checks of a book, with the calls that people on call really took.</summary>
internal sealed class BookFindings(IDbContextFactory<OnCallDb> databases, TimeProvider time)
{
    /// <summary>What a call counts at least, whatever was said in it.</summary>
    private static readonly Duration ShortestCall = Duration.FromMinutes(15);

    /// <summary>An officer whose leaving was never told does not keep an adviser at work.</summary>
    private static readonly Duration LongestCall = Duration.FromHours(8);

    public async Task<ValueList<DutyFinding>> OfAsync(RotaBook book, CancellationToken stop)
    {
        var now = time.GetCurrentInstant();
        var findings = DutyCheck.Of(book, now, await CallsAsync(now - DutyCheck.LooksBack, stop));
        return [.. findings, .. await QuarantinedAsync(book, now, stop)];
    }

    /// <summary>The advisers whose number is left alone, for as long as the book has that number.</summary>
    private async Task<IEnumerable<DutyFinding>> QuarantinedAsync(RotaBook book, Instant now, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var rows = await db.Set<QuarantineRow>().AsNoTracking().Where(row => row.Until == null || row.Until > now).OrderBy(row => row.Since).ToListAsync(stop);
        return
        [
            .. from row in rows
               from adviser in book.Content.Advisers
               where row.Number == (row.Method == PageMethod.Sms ? adviser.Sms : adviser.Phone)?.Value
               select new DutyFinding(
                   row.Method == PageMethod.Sms ? DutyRule.TakesNoTexts : DutyRule.CannotBeCalled, adviser.Id, adviser.Name, QuarantineList.Reason(row),
                   row.Since, row.Until ?? now, 1, now, book.Zone ?? DateTimeZone.Utc),
        ];
    }

    /// <summary>Who took an enquiry was at work until the officer's line ended; who picked up and passed, for a moment.</summary>
    private async Task<CallsTaken> CallsAsync(Instant since, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var calls = await db.Database.SqlQuery<Call>(
            $"""
            SELECT accepted_by AS adviser, accepted_at AS start, (document ->> 'officerLeftAt')::timestamptz AS "left"
            FROM enquiries WHERE opened_at >= {since} AND accepted_by IS NOT NULL AND accepted_at IS NOT NULL
            UNION ALL
            SELECT entry.adviser, entry.at, NULL
            FROM timeline entry JOIN enquiries ON enquiries.id = entry.enquiry_id
            WHERE enquiries.opened_at >= {since} AND entry.event = 'page-declined' AND entry.adviser IS NOT NULL
            """).ToListAsync(stop);
        return new CallsTaken(calls.Select(call => (call.Adviser, call.Start, call.Start + Length(call))));
    }

    private static Duration Length(Call call) =>
        Duration.Min(LongestCall, Duration.Max(ShortestCall, (call.Left ?? call.Start) - call.Start));

    private sealed record Call(string Adviser, Instant Start, Instant? Left);
}
