using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Duty;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Core.Rotas.Documents;
using OnCall.Service.Audit;
using OnCall.Service.Rotas;

namespace OnCall.Service.Messages;

/// <summary>What an absence that was begun or ended by text brings.</summary>
/// <param name="Until">When the duty, and the absence with it, ends.</param>
/// <param name="InTheirPlace">Who stands in for the one who is sick; empty = nobody.</param>
/// <param name="IsNew">False = it was so before: the text is told of twice, or was sent twice.</param>
internal sealed record Leave(Instant Until, IReadOnlyList<Adviser> InTheirPlace, IReadOnlyList<Coordinator> Coordinators, bool IsNew)
{
    /// <summary>Who is on duty next in the rotas that are short of cover now, and from when.</summary>
    public IReadOnlyList<(Adviser Adviser, Rota Rota, Instant From)> NextInLine { get; init; } = [];
}

/// <summary>Absences that advisers begin and end by text. They go the way of every change of the book: a revision, and an audit entry.</summary>
internal sealed class SickLeave(BookStore store, CurrentBook current, TimeProvider time)
{
    /// <summary>By it the absence is found again.</summary>
    public const string Reason = "sick, by text";

    private static readonly Duration WithoutEnd = Duration.FromDays(1);

    /// <summary>Until when an adviser is away who reported sick by text; null = no such absence holds now.</summary>
    public Instant? Until(string adviser)
    {
        var now = time.GetCurrentInstant();
        return Present(current.Book, adviser, now) is { } present ? present.End ?? now : null;
    }

    /// <summary>Takes an adviser off every rota until the present duty ends, whatever put the adviser on duty.</summary>
    /// <returns>Null = the adviser is on no duty.</returns>
    public async Task<Leave?> BeginAsync(string adviser, CancellationToken stop)
    {
        var (book, now) = (current.Book, time.GetCurrentInstant());
        if (Present(book, adviser, now) is { } present)
        {
            return new Leave(present.End ?? now, [], [], IsNew: false);
        }

        var rotas = book.Content.Rotas.Where(rota => IsOn(book, rota, adviser, now)).ToList();
        if (rotas.Count == 0)
        {
            return null;
        }

        var until = rotas.Max(rota => DutyTimeline.At(book, rota, now).Advisers.First(on => on.Id == adviser).Until ?? now + WithoutEnd);
        var start = Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var isNew = false;
        var publication = await store.PublishAsync(
            content =>
            {
                isNew = !content.Absences.Any(absence => Is(absence, adviser, now));
                var absence = new Absence(SentItem.NextId([.. content.Absences.Select(one => one.Id)]), adviser, start, until, Reason);
                var overrides = new SickOverrides(adviser, start, until);
                var cut = content.Rotas.Where(rota => rotas.Exists(on => on.Id == rota.Id)).Select(overrides.CutFrom).Where(rota => !content.Rotas.Contains(rota));
                return isNew ? [SentItem.AsDocument("absences", RotaWriter.Write(absence, content.Zone)), .. cut.Select(rota => SentItem.AsDocument("rotas", SentItem.WithMore(RotaWriter.Write(rota), "overrides")))] : [];
            },
            prune: false,
            dryRun: false,
            By(adviser),
            stop);
        return publication.Book is { } after
            ? new Leave(until, [.. rotas.SelectMany(rota => OnlyIn(after, book, rota, now)).Distinct()], Coordinators(book, rotas), isNew) { NextInLine = [.. rotas.SelectMany(rota => Next(after, rota, now))] }
            : throw new InvalidOperationException($"The absence of an adviser who is sick could not be published. {publication.NotHere}");
    }

    /// <summary>Puts the adviser back.</summary>
    /// <returns>Null = there was no such absence.</returns>
    public async Task<Leave?> EndAsync(string adviser, CancellationToken stop)
    {
        var (book, now) = (current.Book, time.GetCurrentInstant());
        if (Present(book, adviser, now) is not { } present)
        {
            return null;
        }

        // Only a document that takes the place of everything can leave something out.
        var overrides = new SickOverrides(adviser, present.Start, present.End ?? Instant.MaxValue);
        var before = (await store.LoadBeforeAsync(new BookItem("absence", BookChanges.IdOf(present, book.Zone)), present.Start, stop))?.Rotas;
        var publication = await store.PublishAsync(
            content => [SentItem.Whole(content with
            {
                Absences = content.Absences.Where(absence => !Is(absence, adviser, now)).ToValueList(),
                Rotas = content.Rotas.Select(rota => before?.GetValueOrDefault(rota.Id) is { } whole ? overrides.PutBackInto(rota, whole) : rota).ToValueList(),
            })],
            prune: true,
            dryRun: false,
            By(adviser),
            stop);
        var after = publication.Book ?? throw new InvalidOperationException($"The end of an absence could not be published. {publication.NotHere}");
        var rotas = after.Content.Rotas.Where(rota => IsOn(after, rota, adviser, now)).ToList();
        return new Leave(present.End ?? now, [.. rotas.SelectMany(rota => OnlyIn(book, after, rota, now)).Distinct()], Coordinators(after, rotas), IsNew: true);
    }

    private static Origin By(string adviser) => new($"adviser {adviser}", "text");

    private static Absence? Present(RotaBook book, string adviser, Instant now) => book.Content.Absences.FirstOrDefault(absence => Is(absence, adviser, now));

    private static bool Is(Absence absence, string adviser, Instant now) =>
        absence.Adviser == adviser && absence.Reason == Reason && absence.Start <= now && (absence.End is null || now < absence.End);

    private static bool IsOn(RotaBook book, Rota rota, string adviser, Instant now) => DutyTimeline.Who(book, rota, now).Any(on => on.Adviser.Id == adviser);

    private static IEnumerable<(Adviser, Rota, Instant)> Next(RotaBook book, Rota rota, Instant now)
    {
        var duty = DutyTimeline.At(book, book.Rotas[rota.Id], now);
        return duty.Next is { } next && duty.Advisers.Count < Math.Max(1, rota.Cover)
            ? next.Advisers.Except(duty.Advisers.Select(on => on.Id)).Select(id => (book.Advisers[id], rota, next.At))
            : [];
    }

    /// <summary>Who is on duty by one book and not by the other.</summary>
    private static IEnumerable<Adviser> OnlyIn(RotaBook one, RotaBook other, Rota rota, Instant now) => DutyTimeline.Who(one, one.Rotas[rota.Id], now)
        .Select(on => on.Adviser).Where(adviser => !IsOn(other, other.Rotas[rota.Id], adviser.Id, now));

    /// <summary>Those who look after a desk that one of the rotas serves.</summary>
    private static List<Coordinator> Coordinators(RotaBook book, IReadOnlyCollection<Rota> rotas)
    {
        var policies = book.Content.Policies.Where(policy => policy.Steps.Any(step => step.Notify.Any(target => target is NotifyTarget.Rota rota && rotas.Any(one => one.Id == rota.Id))))
            .Select(policy => policy.Id).ToHashSet();
        var desks = book.Content.Desks.Where(desk => policies.Contains(desk.Policy)).Select(desk => desk.Id).ToHashSet();
        return [.. book.Coordinators.Where(coordinator => coordinator.Desks.Count == 0 || coordinator.Desks.Any(desks.Contains))];
    }
}
