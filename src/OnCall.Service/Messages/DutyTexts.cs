using NodaTime;
using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Duty;
using OnCall.Core.Escalation;
using OnCall.Core.Messages;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Service.Duty;
using OnCall.Service.Outbox;
using OnCall.Service.Rotas;

namespace OnCall.Service.Messages;

/// <summary>What an adviser asks or says about duty by text: WHO, DUTY, SICK, BACK.</summary>
/// <remarks>Who comes on duty, or goes, by SICK or BACK is told of that by the clock of the rota, as after every change of the book.</remarks>
internal sealed class DutyTexts(SickLeave sick, CurrentBook book, OutboxStore outbox, TimeProvider time)
{
    private const int MostDuties = 3;

    private static readonly Duration LooksAhead = Duration.FromDays(60);

    /// <param name="line">The line that was texted: from it the coordinators are told.</param>
    /// <param name="again">The text was handled before: it changes nothing now.</param>
    /// <returns>Null = nothing is to be said.</returns>
    public async Task<string?> AnswerAsync(Adviser adviser, Reply reply, PhoneNumber line, bool again, CancellationToken stop) => reply switch
    {
        Reply.Who who => Who(adviser.Language, who.Desk),
        Reply.Duty => Duties(adviser),
        Reply.Sick when again => sick.Until(adviser.Id) is { } until ? Phrases.YouAreSick(adviser.Language, Told(until, adviser.Language)) : null,
        Reply.Back when again => sick.Until(adviser.Id) is null ? Phrases.YouAreBack(adviser.Language) : null,
        Reply.Sick => await SickAsync(adviser, line, stop),
        _ => await BackAsync(adviser, line, stop),
    };

    private string Who(Language to, string? desk)
    {
        var known = book.Book.Content.Desks.Where(one => desk is null || one.Id == desk).ToList();
        return known.Count == 0
            ? Phrases.NoSuchDesk(to, book.Book.Desks.Keys)
            : Phrases.WhoIsOnDuty(to, known.Select(one => (one.Name, (IReadOnlyList<string>)[.. OnDutyAt(one).Select(adviser => adviser.Name)])));
    }

    /// <summary>Whom the desk's steps would page first.</summary>
    private List<Adviser> OnDutyAt(Desk desk)
    {
        var now = time.GetCurrentInstant();
        var steps = book.Book.Policies[desk.Policy].Steps.Select(step => step.Notify.SelectMany(target => At(target, now)).Distinct().ToList());
        return steps.FirstOrDefault(advisers => advisers.Count > 0) ?? [];
    }

    /// <summary>Regional contacts depend on who asks, and are left out.</summary>
    private IEnumerable<Adviser> At(NotifyTarget target, Instant now) => target switch
    {
        NotifyTarget.Rota rota => DutyTimeline.Who(book.Book, book.Book.Rotas[rota.Id], now).Select(on => on.Adviser),
        NotifyTarget.Adviser adviser when !DutyTimeline.IsAway(book.Book, adviser.Id, now) => [book.Book.Advisers[adviser.Id]],
        _ => [],
    };

    private string Duties(Adviser adviser)
    {
        var now = time.GetCurrentInstant();
        var duties = book.Book.Content.Rotas
            .SelectMany(rota => DutyPeriod.UnbrokenOf(adviser.Id, DutyTimeline.Between(book.Book, rota, now, now + LooksAhead).Periods).Select(duty => (Rota: rota, duty.Start, duty.End)))
            .OrderBy(duty => duty.Start).Take(MostDuties)
            .Select(duty => (duty.Rota.Name, AskedTime.Tell(duty.Start, duty.Rota.Zone, adviser.Language), AskedTime.Tell(duty.End, duty.Rota.Zone, adviser.Language)));
        return Phrases.Duties(adviser.Language, duties);
    }

    private async Task<string> SickAsync(Adviser adviser, PhoneNumber line, CancellationToken stop)
    {
        if (await sick.BeginAsync(adviser.Id, stop) is not { } leave)
        {
            return Phrases.NotOnDuty(adviser.Language);
        }

        if (leave.IsNew)
        {
            var names = leave.InTheirPlace.Select(other => other.Name).ToList();
            await TellAsync(line, leave, Phrases.IsSick(Language.English, adviser.Name, Told(leave.Until, Language.English), names), stop);
            await AskForCoverAsync(line, adviser, leave, stop);
        }

        return Phrases.YouAreSick(adviser.Language, Told(leave.Until, adviser.Language));
    }

    private async Task<string> BackAsync(Adviser adviser, PhoneNumber line, CancellationToken stop)
    {
        if (await sick.EndAsync(adviser.Id, stop) is { } leave)
        {
            await TellAsync(line, leave, Phrases.IsBack(Language.English, adviser.Name), stop);
        }

        return Phrases.YouAreBack(adviser.Language);
    }

    private async Task TellAsync(PhoneNumber line, Leave leave, string body, CancellationToken stop)
    {
        var from = TextsFrom(line);
        await outbox.AddAsync([.. leave.Coordinators.Select(coordinator => new Effect.SendText(coordinator.Phone, from, body, null))], stop);
    }

    /// <summary>Where a lower layer stands in, the clock of the rota tells those who come on duty.</summary>
    private async Task AskForCoverAsync(PhoneNumber line, Adviser sick, Leave leave, CancellationToken stop)
    {
        Effect.SendText? Ask((Adviser Adviser, Rota Rota, Instant From) next) => next.Adviser is { Sms: { } number, Language: var to } && next.Adviser.Id != sick.Id
            ? new Effect.SendText(number, TextsFrom(line), Phrases.CanYouCover(to, sick.Name, next.Rota.Name, AskedTime.Tell(next.From, next.Rota.Zone, to)), null)
            : null;
        await outbox.AddAsync([.. leave.NextInLine.Select(Ask).OfType<Effect.SendText>()], stop);
    }

    private PhoneNumber TextsFrom(PhoneNumber line) => book.Book.LineOf(line.Value)?.TextNumber ?? line;

    private string Told(Instant until, Language to) => AskedTime.Tell(until, book.Book.Zone ?? DateTimeZone.Utc, to);
}
