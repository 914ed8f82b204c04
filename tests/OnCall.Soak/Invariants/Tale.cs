using System.Globalization;
using System.Text;
using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Soak.Book;
using OnCall.Soak.Nodes;

namespace OnCall.Soak.Invariants;

/// <summary>The story of a seed: what broke, and all that led to it, in London's time.</summary>
internal static class Tale
{
    private const int FirstLines = 40;
    private const int LastLines = 200;

    public static string Of(WorldPlan plan, IReadOnlyList<Breach> breaches)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Seed {plan.Seed}, a line of the size of a {plan.Size.Name}, {plan.Weeks} weeks from {Time(plan.Start)}:");
        foreach (var breach in breaches)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {breach.Invariant.Name}, enquiry {breach.Kept.Enquiry.Ref}: {breach.What}");
        }

        foreach (var kept in breaches.Select(breach => breach.Kept).Distinct())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"The story of {kept.Enquiry.Ref}:");
            var lines = kept.Log.Select(entry => $"  {Time(entry.At)} {Line(entry.What, kept)}").ToList();
            var leftOut = Math.Max(0, lines.Count - FirstLines - LastLines);
            text.AppendJoin('\n', leftOut == 0 ? lines : [.. lines.Take(FirstLines), $"  … {leftOut} lines …", .. lines.TakeLast(LastLines)]).AppendLine();

            text.AppendLine(CultureInfo.InvariantCulture, $"It is now: {kept.Enquiry}");
        }

        return text.ToString();
    }

    private static string Line(object what, Kept kept) => what switch
    {
        EnquiryEvent.Chained chained => $"  told: {chained.Fact} of {chained.State.Dial}",
        EnquiryEvent happened => $"  told: {Short(happened, kept)}",
        Effect effect => $"    to do: {Short(effect, kept)}",
        TimelineEntry entry => Story.Sentence(entry, entry.Adviser),
        _ => what.ToString() ?? "",
    };

    /// <summary>Page ids without the enquiry's own, which would fill every line.</summary>
    private static string Short(object what, Kept kept) => (what.ToString() ?? "").Replace(kept.Room, "", StringComparison.Ordinal);

    private static string Time(Instant at) => London.Wall(at).ToString("ddd d MMM uuuu HH':'mm':'ss.f", CultureInfo.InvariantCulture);
}
