namespace OnCall.Benchmarks;

/// <summary>
/// One call of a busy minute: the officer presses a key and holds, fetching hold documents; the advisers are rung step by step, and those who do not answer let it ring;
/// the first who answers takes it and talks for three seconds. An officer whom nobody answers hears so and hangs up.
/// </summary>
/// <param name="webhooks">From the moment when each was to leave.</param>
/// <param name="late">How much later than the ring time after Twilio's answer the next step's call arrived.</param>
internal sealed class BusyCall(SignedSender to, StandIn twilio, int number, Latencies webhooks, Latencies late)
{
    private static readonly TimeSpan HoldEvery = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Hesitates = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Talks = TimeSpan.FromSeconds(3);

    /// <summary>How long Twilio's own end of an unanswered call comes after ours.</summary>
    private static readonly TimeSpan RingsOut = TimeSpan.FromSeconds(2);

    private readonly List<Task> _ringing = [];
    private readonly Leg _officer = new(Leg.NewSid(), BenchBook.Officer(number), BusyBook.Line(number), "inbound");

    /// <param name="begins">Timestamp of the officer's call.</param>
    /// <param name="patience">How long the officer holds at most.</param>
    public async Task RunAsync(long begins, TimeSpan patience)
    {
        await Clock.UntilAsync(begins);
        var room = await new CallFlow(to, "", twilio, number, new Pace.Schedule(begins, Hesitates), webhooks).HoldAsync(_officer, "1");
        using var served = new CancellationTokenSource(patience, TimeProvider.System);
        var holding = HoldAsync(room, served.Token);
        var answered = await RingAllAsync(room, served.Token);
        await served.CancelAsync();
        await holding;
        await Task.WhenAll(_ringing);
        if (!answered)
        {
            await TellAsync($"/twilio/voice/officer?s={room}", _officer.Fields("in-progress"));
            await TellAsync("/twilio/status/call", _officer.Progress("completed", 1));
        }
    }

    private async Task HoldAsync(string room, CancellationToken stop)
    {
        using var every = new PeriodicTimer(HoldEvery, TimeProvider.System);
        try
        {
            while (await every.WaitForNextTickAsync(stop))
            {
                await TellAsync($"/twilio/voice/hold?s={room}", _officer.Fields("in-progress", ("QueueTime", "30")));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Served, or out of patience: the officer no longer holds.
            return;
        }
    }

    /// <summary>The phones of each step; true = one answered and talked.</summary>
    private async Task<bool> RingAllAsync(string room, CancellationToken stop)
    {
        PlacedCall? before = null;
        for (var step = 0; step < BusyBook.Steps; step++)
        {
            if (await CallAsync($"{room}-{step + 1}", stop) is not { } call)
            {
                return false;
            }

            if (before is not null)
            {
                late.Add(TimeProvider.System.GetElapsedTime(Clock.After(before.Answered, BusyBook.Ring), call.Arrived));
            }

            before = call;
            if (await RingAsync(room, call, BusyBook.Answers(number % BusyBook.Lines, step)))
            {
                return true;
            }
        }

        await Clock.UntilAsync(Clock.After(before!.Answered, BusyBook.Ring + RingsOut));
        return false;
    }

    private async Task<PlacedCall?> CallAsync(string page, CancellationToken stop)
    {
        try
        {
            return await twilio.CallOfAsync(page).WaitAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            twilio.Forget(page);
        }
    }

    private async Task<bool> RingAsync(string room, PlacedCall call, bool answers)
    {
        var adviser = new Leg(call.CallSid, BusyBook.Line(number), call.To, "outbound-api");
        var status = $"/twilio/status/page?s={call.PageId}";
        await TellAsync(status, adviser.Progress("initiated", 0));
        await TellAsync(status, adviser.Progress("ringing", 1));
        if (!answers)
        {
            _ringing.Add(RingOutAsync(status, adviser, call));
            return false;
        }

        await Task.Delay(Hesitates, TimeProvider.System);
        await TellAsync($"/twilio/voice/offer?s={call.PageId}", adviser.Fields("in-progress"));
        await TellAsync(status, adviser.Progress("in-progress", 2));
        await Task.Delay(Hesitates, TimeProvider.System);
        await TellAsync($"/twilio/voice/offer-key?s={call.PageId}&n=1", adviser.Fields("in-progress", ("Digits", "1"), ("FinishedOnKey", "")));
        await TellAsync($"/twilio/voice/room?s={room}", CallFlow.Room(adviser, "conference-start", call.PageId));
        await Task.Delay(Talks, TimeProvider.System);
        await TellAsync($"/twilio/voice/room?s={room}", CallFlow.Room(_officer, "participant-leave", "officer", ("ReasonParticipantLeft", "participant_hung_up")));
        await TellAsync(status, adviser.Progress("completed", 3));
        return true;
    }

    private async Task RingOutAsync(string status, Leg adviser, PlacedCall call)
    {
        await Clock.UntilAsync(Clock.After(call.Answered, BusyBook.Ring + RingsOut));
        await TellAsync(status, adviser.Progress("no-answer", 2));
    }

    private async Task TellAsync(string target, IReadOnlyCollection<KeyValuePair<string, string>> fields)
    {
        var leaves = Clock.Now;
        await to.PostAsync(target, fields);
        webhooks.Add(Clock.Since(leaves));
    }
}
