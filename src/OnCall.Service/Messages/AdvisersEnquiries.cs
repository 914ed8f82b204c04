using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Escalation;
using OnCall.Service.Data;
using OnCall.Service.Escalation;

namespace OnCall.Service.Messages;

/// <summary>The enquiries that an adviser's text may mean.</summary>
internal sealed class AdvisersEnquiries(IDbContextFactory<OnCallDb> databases, TimeProvider time)
{
    /// <summary>So long after it was opened, one that is closed is told to those who were paged for it and answer late.</summary>
    private static readonly Duration Remembered = Duration.FromDays(1);

    private static readonly string[] Open = ["paging", "callback", "abandoned", "unanswered", "voicemail"];

    /// <summary>Those that nobody has and that the adviser was paged for, or the one of a ref: the most urgent first, then the oldest.</summary>
    public async Task<List<Enquiry>> OfferedAsync(string adviser, string? shortRef, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var asked = shortRef is null ? Concerning(db, adviser) : db.Set<EnquiryRow>().Where(row => row.Ref == shortRef);
        return await ReadAsync(asked.Where(row => Open.Contains(row.State)).OrderByDescending(row => row.Priority == "urgent").ThenBy(row => row.OpenedAt), stop);
    }

    /// <summary>Those that the adviser has, the newest first.</summary>
    public async Task<List<Enquiry>> HeldAsync(string adviser, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        return await ReadAsync(db.Set<EnquiryRow>().Where(row => row.AcceptedBy == adviser && row.State == "accepted").OrderByDescending(row => row.AcceptedAt), stop);
    }

    /// <summary>The one that was taken last of those that the adviser was paged for, by whomever, within a day where somebody else has closed it; or the newest of a ref. Null = there is none.</summary>
    public async Task<Enquiry?> LastTakenAsync(string adviser, string? shortRef, CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var asked = shortRef is null ? Concerned(db, adviser, time.GetCurrentInstant() - Remembered) : db.Set<EnquiryRow>().Where(row => row.Ref == shortRef);
        return (await ReadAsync(asked.OrderByDescending(row => row.AcceptedAt ?? row.OpenedAt), stop)).FirstOrDefault();
    }

    private static IQueryable<EnquiryRow> Concerning(OnCallDb db, string adviser) => db.Set<EnquiryRow>().FromSql(
        $"""
        SELECT * FROM enquiries WHERE state <> 'closed'
          AND (document -> 'texted' @> to_jsonb({adviser}) OR document -> 'pages' @> jsonb_build_array(jsonb_build_object('adviser', {adviser})))
        """);

    private static IQueryable<EnquiryRow> Concerned(OnCallDb db, string adviser, Instant since) => db.Set<EnquiryRow>().FromSql(
        $"""
        SELECT * FROM enquiries WHERE accepted_by IS NOT NULL AND (state = 'accepted' OR (state = 'closed' AND opened_at > {since} AND accepted_by <> {adviser}))
          AND (document -> 'texted' @> to_jsonb({adviser}) OR document -> 'pages' @> jsonb_build_array(jsonb_build_object('adviser', {adviser})))
        """);

    private static async Task<List<Enquiry>> ReadAsync(IQueryable<EnquiryRow> rows, CancellationToken stop) =>
        [.. (await rows.Select(row => row.Document).Take(20).ToListAsync(stop)).Select(document => JsonSerializer.Deserialize<Enquiry>(document, StoredJson.Options)!)];
}
