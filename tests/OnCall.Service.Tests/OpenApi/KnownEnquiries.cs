using System.Globalization;
using System.Text.Json;
using OnCall.Core.Tests.Escalation;
using OnCall.Service.Data;
using OnCall.Service.Escalation;

namespace OnCall.Service.Tests.OpenApi;

/// <summary>An enquiry in each situation into which one comes. No deadline is stored, so nothing happens to them but by whoever asks for it.</summary>
internal static class KnownEnquiries
{
    private const int FirstRef = 4821;

    public static IReadOnlyList<EnquiryRow> Rows { get; } = [.. Situations.All.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select((pair, place) => Row(pair.Value().Enquiry, place))];

    /// <summary>One of them, by its ref or by its id.</summary>
    public static string Any(Random random)
    {
        var row = Rows[random.Next(Rows.Count)];
        return random.Next(2) == 0 ? row.Ref : row.Id.ToString();
    }

    private static EnquiryRow Row(Core.Escalation.Enquiry enquiry, int place)
    {
        var shortRef = (FirstRef + place).ToString(CultureInfo.InvariantCulture);
        var stored = enquiry with { Id = Guid.Parse($"3f2b8c1d-0000-4000-8000-00000000{shortRef}"), Ref = shortRef };
        return new EnquiryRow
        {
            Id = stored.Id,
            Ref = stored.Ref,
            State = EnquirySql.Word(stored.State),
            Channel = EnquirySql.Word(stored.Channel),
            Line = stored.Line.Value,
            Priority = EnquirySql.Word(stored.Priority),
            Desk = stored.Desk,
            Caller = stored.From?.Value,
            OpenedAt = stored.OpenedAt,
            Document = JsonSerializer.Serialize(stored, StoredJson.Options),
            Version = 1,
        };
    }
}
