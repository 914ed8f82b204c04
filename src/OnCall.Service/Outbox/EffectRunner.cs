using NodaTime;
using NodaTime.Extensions;
using OnCall.Core.Calls;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Service.Calls;
using OnCall.Service.Escalation;
using OnCall.Service.Ops;
using OnCall.Service.Twilio;

namespace OnCall.Service.Outbox;

/// <summary>
/// Does one effect, and tells the enquiry what came of it. Calls and texts are not idempotent at Twilio: one whose outcome is unknown is looked
/// for before it is repeated (<see cref="Reconciler"/>); changes of a call are simply repeated.
/// </summary>
internal sealed partial class EffectRunner(
    Enquiries enquiries, OutboxStore outbox, Gate gate, TwilioApi twilio, TwilioLink link, Twiml twiml, Reconciler reconciler, Recordings recordings, MessageFinder messages,
    TextSender texts, ShownNumbers shown, Quarantine quarantine, TwilioSettings settings, OnCallSettings onCall,
    TimeProvider time, ILogger<EffectRunner> log)
{
    /// <summary>A page that could not be asked for so often in a row counts as failed: the next adviser's turn has come.</summary>
    internal const int MostAttempts = 5;

    /// <summary>How often, at least, a message is asked for that Twilio does not give.</summary>
    private static readonly Duration LongestRest = Duration.FromMinutes(10);

    /// <summary>A message that Twilio does not have any more is given up after so many tries, which take a day (2 + 4 + … + 2 × 293 s); else it never is.</summary>
    private const int MostAttemptsAtMessage = 294;

    /// <summary>How long an effect waits for its next try.</summary>
    public static readonly Duration Later = Duration.FromSeconds(2);

    public Task RunAsync(Claimed claimed, CancellationToken stop) => claimed.Effect switch
    {
        Effect.PlaceCall place => PlaceCallAsync(claimed, place, stop),
        Effect.CallBack back => CallBackAsync(claimed, back, stop),
        Effect.SendText or Effect.PageByText or Effect.Relay or Effect.HangUp or Effect.MoveAdviser or Effect.LookAfter when link.IsSilentHere => PutOffAsync(claimed),
        Effect.SendText or Effect.PageByText or Effect.Relay => texts.SendAsync(claimed, stop),
        Effect.HangUp hangUp => HangUpAsync(claimed, hangUp, stop),
        Effect.MoveAdviser move => MoveAdviserAsync(claimed, move, stop),
        Effect.LookAfter look => LookAfterAsync(claimed, look, stop),
        Effect.MoveOfficer move => MoveOfficerAsync(claimed, move, stop),
        Effect.KeepMessage keep => KeepMessageAsync(claimed, keep, stop),
        Effect.FindMessage find => messages.FindAsync(claimed, find, stop),
        _ => throw new InvalidOperationException($"Nobody does {claimed.Effect.GetType().Name}."),
    };

    private async Task PlaceCallAsync(Claimed claimed, Effect.PlaceCall place, CancellationToken stop)
    {
        var seen = await enquiries.FindAsync(claimed);
        if (seen?.Enquiry.Pages.FirstOrDefault(page => page.Id == place.Page) is not { State: PageState.Requested })
        {
            // Withdrawn meanwhile, or a callback has told already that it was placed.
            await outbox.DropAsync(claimed, settings.CallsPerSecond);
            return;
        }

        if (link.FailsHere)
        {
            await PutOffAsync(claimed);
            return;
        }

        var call = new NewCall
        {
            To = place.To.Value,
            From = shown.For(place.From).Value,
            Url = twiml.Address(new Destination(Door.Offer, place.Page)),
            FallbackUrl = twiml.Address(new Destination(Door.Offer, place.Page)),
            StatusCallback = twiml.Address($"status/page?s={place.Page}"),
            Timeout = Math.Clamp((int)place.Ring.TotalSeconds, 5, 600),
        };
        await PlaceAsync(
            claimed, call, sid => new EnquiryEvent.PagePlaced(place.Page, sid), reason => new EnquiryEvent.PageRefused(place.Page, reason), place.To, seen, stop);
    }

    /// <summary>Nobody is given up because Twilio cannot be asked: an officer who waits is led on without it meanwhile.</summary>
    private Task PutOffAsync(Claimed claimed) => outbox.PutOffAsync(claimed, time.GetCurrentInstant() + Later);

    private async Task CallBackAsync(Claimed claimed, Effect.CallBack back, CancellationToken stop)
    {
        var seen = await enquiries.FindAsync(claimed);
        if (seen?.Enquiry is not { Stage: Stage.Accepted { Talk: Talk.CallingBack }, OfficerCall: null } enquiry)
        {
            await outbox.DropAsync(claimed, settings.CallsPerSecond);
            return;
        }

        if (!onCall.AllowedDestinations.Allows(back.To.Value))
        {
            // Of a version that did not look when the enquiry was opened, or allowed then.
            await TellAsync(claimed, new EnquiryEvent.CallBackRefused(Gate.OutOfReach, OutOfReach: true), seen);
            return;
        }

        var call = new NewCall
        {
            To = back.To.Value,
            From = shown.For(back.From).Value,
            Url = twiml.Address(new Destination(Door.Back, enquiry.Room)),

            // The static document dials the advisers on duty: it is for officers alone, and no adviser's call is led there.
            FallbackUrl = onCall.FallbackUrl ?? twiml.Address(new Destination(Door.Back, enquiry.Room)),
            StatusCallback = twiml.Address($"status/officer?s={enquiry.Room}"),
            Timeout = 30,
        };
        await PlaceAsync(claimed, call, sid => new EnquiryEvent.CallBackPlaced(sid), reason => new EnquiryEvent.CallBackRefused(reason), back.To, seen, stop);
    }

    private async Task PlaceAsync(
        Claimed claimed, NewCall call, Func<string, EnquiryEvent> placed, Func<string, EnquiryEvent> refused, PhoneNumber to, Loaded seen,
        CancellationToken stop)
    {
        var now = time.GetCurrentInstant();
        switch (claimed.SentAt is { } sent ? await reconciler.FindCallAsync(call, sent, stop) : null)
        {
            case TwilioOutcome.Done found:
                LogAdopted(claimed.EnquiryId, claimed.Id);
                await TellAsync(claimed, placed(found.Sid));
                return;
            case not null:
                await LaterAsync(claimed, claimed.SentAt, refused("Twilio does not say what became of it"), stop);
                return;
        }

        if (claimed.Attempts > MostAttempts)
        {
            await TellAsync(claimed, refused("Twilio did not say what became of it"));
            return;
        }

        if (await gate.RefusalAsync(to, PhoneNumber.Parse(call.From), PageMethod.Call, again: claimed.Attempts > 1, now, stop) is { } why)
        {
            LogRefusedByGate(claimed.EnquiryId, why);
            await TellAsync(claimed, refused(why));
            return;
        }

        switch (await PostAsync(call, stop))
        {
            case TwilioOutcome.Done done:
                await TellAsync(claimed, placed(done.Sid), seen);
                break;
            case TwilioOutcome.Refused answer:
                LogRefused(claimed.EnquiryId, answer.Code, answer.Kind);
                await quarantine.CallFailedAsync(to, PhoneNumber.Parse(call.From), answer.Code, seen.Enquiry.Desk, stop);
                await TellAsync(claimed, refused($"Twilio refused: {answer.Code}"));
                break;
            case TwilioOutcome.RetryLater later:
                LogLater(claimed.EnquiryId, claimed.Id, later.Why);
                await LaterAsync(claimed, claimed.SentAt, refused($"Twilio cannot be reached: {later.Why}"), stop);
                break;
            case TwilioOutcome.Unknown unknown:
                LogUnknown(claimed.EnquiryId, claimed.Id, unknown.Why);
                await outbox.ReleaseAsync(claimed.Id, time.GetCurrentInstant() + Later, claimed.SentAt ?? now, stop);
                break;
        }
    }

    /// <summary>A number of ours that nobody may be called from is replaced at once: nothing was sent.</summary>
    private async Task<TwilioOutcome> PostAsync(NewCall call, CancellationToken stop)
    {
        while (true)
        {
            var outcome = await twilio.PlaceCallAsync(call, stop);
            if (outcome is not TwilioOutcome.Refused { Kind: Refusal.Sender } || shown.After(PhoneNumber.Parse(call.From)) is not { } other)
            {
                return outcome;
            }

            call = call with { From = other.Value };
        }
    }

    private async Task HangUpAsync(Claimed claimed, Effect.HangUp hangUp, CancellationToken stop)
    {
        if ((await enquiries.FindAsync(claimed))?.Enquiry is { } enquiry
            && enquiry.Pages.Any(page => page.CallSid == hangUp.CallSid && (page.State is PageState.Answered || page.Id == (enquiry.Stage as Stage.Accepted)?.Page)))
        {
            // The phone was picked up as the page was given up, or the key came after it and took the call all the same.
            await outbox.DeleteAsync(claimed.Id);
            return;
        }

        await ChangeCallAsync(claimed, twilio.EndCallAsync(hangUp.CallSid, hangUp.UnlessAnswered, stop), null, stop);
    }

    private async Task MoveAdviserAsync(Claimed claimed, Effect.MoveAdviser move, CancellationToken stop)
    {
        if ((await enquiries.FindAsync(claimed))?.Enquiry.Stage is Stage.Accepted { Talk: Talk.Talking } accepted && accepted.Page == move.Page)
        {
            // There already, by a key that came after the page was given up: who is fetched out of a talk has ended it.
            await outbox.DeleteAsync(claimed.Id);
            return;
        }

        var request = twilio.RedirectCallAsync(move.CallSid, twiml.Address(new Destination(Door.Adviser, move.Page)), stop);
        await ChangeCallAsync(claimed, request, new EnquiryEvent.PageHungUp(move.Page, move.CallSid, "completed"), stop);
    }

    private async Task MoveOfficerAsync(Claimed claimed, Effect.MoveOfficer move, CancellationToken stop)
    {
        var enquiry = (await enquiries.FindAsync(claimed))?.Enquiry;
        if (enquiry?.OfficerCall != move.CallSid || enquiry.Stage is Stage.Accepted { Talk: Talk.Talking })
        {
            // Gone, or there already: the hold leads into the room by itself, and a request whose answer came late may have done it.
            await outbox.DeleteAsync(claimed.Id);
            return;
        }

        if (enquiry.Stage is Stage.Owed && (claimed.Attempts > 1 || link.IsSilentHere))
        {
            // The hold leads on by itself within one document: by the next try the officer may leave a message, which it would cut.
            await outbox.DeleteAsync(claimed.Id);
            return;
        }

        if (link.IsSilentHere)
        {
            await PutOffAsync(claimed);
            return;
        }

        var request = twilio.RedirectCallAsync(move.CallSid, twiml.Address(new Destination(Door.Officer, enquiry.Room)), stop);
        await ChangeCallAsync(claimed, request, new EnquiryEvent.OfficerHungUp(move.CallSid), stop);
    }

    private async Task LookAfterAsync(Claimed claimed, Effect.LookAfter look, CancellationToken stop)
    {
        var (status, failure) = await twilio.FetchStatusAsync(look.CallSid, stop);
        if (failure is not (null or TwilioOutcome.Refused { Kind: Refusal.Gone }))
        {
            await LaterAsync(claimed, null, null, stop);
        }
        else if (TwilioCall.IsOver(status ?? "completed"))
        {
            await TellAsync(
                claimed, look.Page is { } page ? new EnquiryEvent.PageHungUp(page, look.CallSid, status ?? "completed", Found: true) : new EnquiryEvent.OfficerHungUp(look.CallSid));
        }
        else
        {
            await outbox.DeleteAsync(claimed.Id);
        }
    }

    private async Task KeepMessageAsync(Claimed claimed, Effect.KeepMessage keep, CancellationToken stop)
    {
        TwilioOutcome outcome;
        try
        {
            outcome = await recordings.KeepAsync(claimed.EnquiryId, keep.RecordingSid, stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Among others: Twilio has the file ready some seconds after the word of it.
            if (claimed.Attempts >= MostAttemptsAtMessage && TwilioVerdict.Of(e) is TwilioOutcome.Refused { Kind: Refusal.Gone })
            {
                LogGivenUp(claimed.EnquiryId, nameof(Effect.KeepMessage));
                await TellAsync(claimed, new EnquiryEvent.NoteWritten($"message {keep.RecordingSid} gone", "oncall", "the officer's message is no longer at Twilio: it cannot be heard"));
                return;
            }

            outcome = new TwilioOutcome.RetryLater(e.GetType().Name);
        }

        if (outcome is TwilioOutcome.Done or TwilioOutcome.Refused { Kind: Refusal.Gone })
        {
            await outbox.DeleteAsync(claimed.Id);
        }
        else
        {
            LogLater(claimed.EnquiryId, claimed.Id, outcome.ToString());
            await outbox.ReleaseAsync(claimed.Id, time.GetCurrentInstant() + Duration.Min(Later * claimed.Attempts, LongestRest), null, stop);
        }
    }

    /// <param name="gone">What it means that the call is over already; null = that is what was wanted.</param>
    private async Task ChangeCallAsync(Claimed claimed, Task<TwilioOutcome> request, EnquiryEvent? gone, CancellationToken stop)
    {
        switch (await request)
        {
            case TwilioOutcome.Refused { Kind: Refusal.Gone } when gone is not null:
                await TellAsync(claimed, gone);
                break;
            case TwilioOutcome.Done or TwilioOutcome.Refused:
                await outbox.DeleteAsync(claimed.Id);
                break;
            default:
                await LaterAsync(claimed, null, null, stop);
                break;
        }
    }

    /// <summary>Gives the effect back for another try, until there were enough.</summary>
    private async Task LaterAsync(Claimed claimed, Instant? sentAt, EnquiryEvent? otherwise, CancellationToken stop)
    {
        if (claimed.Attempts < MostAttempts)
        {
            await outbox.ReleaseAsync(claimed.Id, time.GetCurrentInstant() + Later, sentAt, stop);
        }
        else if (otherwise is not null)
        {
            await TellAsync(claimed, otherwise);
        }
        else
        {
            LogGivenUp(claimed.EnquiryId, claimed.Effect.GetType().Name);
            await outbox.DeleteAsync(claimed.Id);
        }
    }

    private Task<Enquiry?> TellAsync(Claimed claimed, EnquiryEvent what, Loaded? seen = null) =>
        enquiries.HappenedAsync(claimed.EnquiryId, what, claimed.Id, seen);

    [LoggerMessage(EventId = 3021, Level = LogLevel.Warning, Message = "Enquiry {Enquiry}: the outcome of effect {Effect} is unknown ({Why}); Twilio is asked before it is repeated")]
    private partial void LogUnknown(Guid enquiry, long effect, string why);

    [LoggerMessage(EventId = 3022, Level = LogLevel.Warning, Message = "Enquiry {Enquiry}: effect {Effect} waits ({Why})")]
    private partial void LogLater(Guid enquiry, long effect, string why);

    [LoggerMessage(EventId = 3023, Level = LogLevel.Warning, Message = "Enquiry {Enquiry}: Twilio refused a call, code {Code}, {Kind}")]
    private partial void LogRefused(Guid enquiry, int code, Refusal kind);

    [LoggerMessage(EventId = 3024, Level = LogLevel.Warning, Message = "Enquiry {Enquiry}: a call was not placed: {Why}")]
    private partial void LogRefusedByGate(Guid enquiry, string why);

    [LoggerMessage(EventId = 3026, Level = LogLevel.Information, Message = "Enquiry {Enquiry}: the call of effect {Effect} was found at Twilio")]
    private partial void LogAdopted(Guid enquiry, long effect);

    [LoggerMessage(EventId = 3027, Level = LogLevel.Error, Message = "Enquiry {Enquiry}: {Effect} could not be done")]
    private partial void LogGivenUp(Guid enquiry, string effect);
}
