using NodaTime;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core;

/// <summary>Every sentence that a person hears or reads. Texts to advisers carry no case detail, and fit one segment (160 characters of GSM-7) with names of usual length.</summary>
public static class Phrases
{
    /// <summary>The characters of a text that goes out as one.</summary>
    private const int Segment = 160;

    // The officer hears

    /// <param name="orHold">Whether no key leads to the default desk.</param>
    public static string Menu(IEnumerable<MenuEntry> menu, bool orHold = true) =>
        string.Join(" ", menu.Select(entry => $"For {entry.Say}, press {entry.Key}.")) + (orHold ? " Or hold for the duty desk." : "");

    public static string PleasePressAKey => "Please press one of these keys, so that we can put you through.";

    public static string WhichForce(IEnumerable<Force> forces) =>
        "Which force are you calling from? Key in its number, and then the hash key. " + string.Join(" ", forces.Select((force, place) => $"{place + 1}: {force.Name}."));

    public static string HeldInDoubt(string shortRef) =>
        $"Please hold. The experts will be told of your call, and call you back if you hang up. Your reference is {Spell(shortRef)}.";

    public static string WrongKey => "Sorry, that key leads nowhere.";

    public static string PleaseHold(string shortRef) =>
        $"Please hold while we ring the expert on duty. Your reference is {Spell(shortRef)}.";

    public static string KeysWhileHeld => "At any time, press star to be called back instead, or hash to leave a message.";

    public static string StillHolding(string shortRef, int attempt) => attempt switch
    {
        <= 1 => $"Thank you for holding. We are ringing the expert on duty. Your reference is {Spell(shortRef)}.",
        _ => $"Thank you for holding. We are now ringing further experts. Your reference is {Spell(shortRef)}.",
    };

    /// <summary>Two seconds: the officer is fetched after it, and shorter it would be said twice in a row. It may be a voicemail that picked up.</summary>
    public static string SomebodyAnswers => "Somebody has picked up. One moment.";

    /// <param name="onNumberGiven">Whether the officer keyed a number in.</param>
    public static string CallBackPromised(string shortRef, bool onNumberGiven) =>
        $"We are sorry: no expert could take your call yet. We keep trying, and an expert will call you back on the number you {(onNumberGiven ? "gave" : "are calling from")}. "
        + $"Your reference is {Spell(shortRef)}. If life is in danger, use your control room or 999.";

    public static string LeaveMessage(string shortRef) =>
        $"We are sorry: no expert could take your call yet. We keep trying, and your reference is {Spell(shortRef)}. "
        + "After the tone, please leave your force, a number on which we reach you, and no names or case detail. Press the hash key when you have done.";

    public static string LeaveMessageInstead(string shortRef) =>
        $"We go on ringing the experts for you. Your reference is {Spell(shortRef)}. "
        + "After the tone, please leave your force, a number on which we reach you, and no names or case detail. Press the hash key when you have done.";

    public static string CallBackOn(PhoneNumber number) =>
        $"We will call you back on {Spell(National(number))}. Press 1 if that is right, 2 to give another number, 3 to go on holding.";

    public static string CallBackNoted(string shortRef) =>
        $"Thank you. An expert will call you back. Your reference is {Spell(shortRef)}. If life is in danger, use your control room or 999. Goodbye.";

    public static string KeyInNumber => "Please key in the number on which we reach you, with its area code, and then the hash key.";

    public static string NumberNotUsable => "Sorry, we cannot call that number. Please key in a number of the United Kingdom, beginning with zero, and then the hash key.";

    /// <param name="orNew">What holding without a key leads to.</param>
    public static string GoOnOrNew(string shortRef, bool orNew) =>
        $"You called about enquiry {Spell(shortRef)}. Press 1 to go on with it, or 2 for a new enquiry. Hold {(orNew ? "for a new one" : "to go on")}.";

    public static string MessageKept(string shortRef) =>
        $"Thank you. Your message is kept, and an expert will call you back. Your reference is {Spell(shortRef)}.";

    public static string NoMessage(string shortRef) =>
        $"No message was recorded. We keep trying to reach an expert for you. Your reference is {Spell(shortRef)}; please call again at any time.";

    public static string ExpertHasIt(string shortRef) =>
        $"An expert has your enquiry, and you will be called back. Your reference is {Spell(shortRef)}; please call again at any time.";

    public static string AdviserDropped =>
        "The expert's line has ended. If you have what you need, please hang up. Otherwise stay on the line, and we ring the expert again.";

    public static string Closed(string shortRef) => $"Enquiry {Spell(shortRef)} is closed. Please call again if you need advice.";

    public static string CallBackForYou(string lineName, string shortRef) =>
        $"This is the {lineName}, about your enquiry {Spell(shortRef)}. Press 1 to speak to the expert.";

    public static string NobodyPressed => "No key was pressed. The expert will try again. Goodbye.";

    /// <summary>For what must never happen: whatever fails inside, the officer hears words and stays in a loop that leads somewhere.</summary>
    public static string PleaseBear => "Please stay on the line. We are connecting you.";

    public static string ServiceAway =>
        "You have reached the advice line. Our usual service is away for the moment, so we ring the experts on duty one after the other. "
        + "If life is in danger, use your control room or 999. If you reach a voicemail, press star for the next expert.";

    public static string TryingTheNext => "If you have what you need, please hang up. Otherwise hold, and we ring the next expert.";

    public static string ServiceAwayMessage =>
        "We are sorry: nobody answered. After the tone, please leave your force and a number on which we reach you, and no names or case detail. You will be called back.";

    // The officer hears while documents alone lead the call on

    /// <param name="shortRef">Null = there is none yet.</param>
    /// <param name="byText">Whether it will be texted.</param>
    public static string YourReference(string? shortRef, bool byText) =>
        shortRef is { Length: > 0 } ? $"Your reference is {Spell(shortRef)}." : byText ? "Your reference follows by text." : "The expert will tell you your reference.";

    /// <param name="reference">A sentence of <see cref="YourReference"/>.</param>
    public static string ChainHold(string reference) => $"Please hold while we ring the expert on duty. {reference}";

    public static string ChainStillHolding => "Thank you for holding. We are now ringing further experts.";

    public static string ChainHeldInDoubt(string reference) => $"The experts will be told of your call, and call you back. {reference}";

    public static string ChainCallBackPromised(string reference) =>
        $"We are sorry: no expert could take your call yet. We keep trying, and an expert will call you back on the number you are calling from. {reference} "
        + "If life is in danger, use your control room or 999.";

    public static string ChainLeaveMessage(string reference) =>
        $"We are sorry: no expert could take your call yet. We keep trying. {reference} "
        + "After the tone, please leave your force, a number on which we reach you, and no names or case detail. Press the hash key when you have done.";

    public static string ChainMessageKept(string reference) => $"Thank you. Your message is kept, and an expert will call you back. {reference}";

    public static string ChainNoMessage(string reference) => $"No message was recorded. We keep trying to reach an expert for you. {reference} Please call again at any time.";

    public static string TryAgainLater => "We are sorry: we cannot connect you just now. We keep your enquiry, and an expert will try again. Goodbye.";

    // The adviser hears

    public static string CannotConnectNow => "We are sorry: this call cannot be connected just now. The officer is led on to an expert. Thank you. Goodbye.";

    /// <param name="caller">How the caller's number is spoken of: "number withheld", "number listed for …".</param>
    public static string Offer(Priority priority, string caller, string desk, int attempt, long waitedSeconds) =>
        $"{(priority == Priority.Urgent ? "Urgent" : "Routine")}. {Capital(caller)}. {desk}. Attempt {attempt} after {Spoken(waitedSeconds)}. {PressOneOrTwo}";

    /// <param name="force">The force that the caller has named; null = nothing was said.</param>
    public static string Says(string caller, string? force) => force is null ? caller : $"{caller}, says {force}";

    /// <param name="caller">How the caller's number is spoken of.</param>
    public static string OfferCallBack(Priority priority, string caller, string desk) =>
        $"{(priority == Priority.Urgent ? "Urgent" : "Routine")} call back. {Capital(caller)}. {desk}. {PressOneOrTwo}";

    public static string PressOneOrTwo => "Press 1 to take the call, 2 to pass.";

    public static string NoKeyGoodbye => "No key was pressed. Goodbye.";

    public static string GoneOn => "This call has gone on to others by now. Thank you. Goodbye.";

    public static string AlreadyTaken => "This call is already taken. Thank you. Goodbye.";

    public static string Withdrawn => "The officer has hung up. You will get a text about it. Goodbye.";

    public static string PassedOn => "Passed on. Thank you. Goodbye.";

    public static string CallingTheOfficer => "You have taken the call. We are ringing the officer now; please stay on the line.";

    public static string NumberNotKnown => "You have taken the enquiry. The officer's number was withheld, so we cannot ring. Goodbye.";

    public static string HereIsTheMessage => "You have taken the enquiry. Here is the officer's message.";

    public static string HearAgain => "That was the message. The officer's number was withheld. Press 1 to hear the message again, or hang up.";

    public static string HearAgainOrCallBack => "That was the message. Press 1 to hear it again, 2 to ring the officer now.";

    public static string OfficerHasHungUp => "The officer has hung up. The number was texted to you. Goodbye.";

    public static string OfficerNotReached => "The officer did not answer. The number was texted to you; please try again. Goodbye.";

    // Texts to advisers

    public static string YouHaveIt(string shortRef, string desk, PhoneNumber? from) =>
        $"{shortRef} is yours ({desk}). Officer's number: {from?.Value ?? "withheld"}. No names or case detail by text.";

    public static string SomebodyElseHasIt(string shortRef, string adviser) => $"{shortRef} was taken by {adviser}. Nothing for you to do.";

    public static string PassedOnFromYou(string shortRef, string to) => $"{shortRef} was passed on to {to}. Nothing more for you to do.";

    public static string OfficerHungUp(string shortRef, string desk, PhoneNumber? from) =>
        $"{shortRef} ({RotaName(desk)}): the officer hung up before anybody took the call{(from is null ? ", number withheld" : $". Please call back: {from}")}. Reply 1 to take it.";

    public static string CallBackOwed(string shortRef, string desk, Priority priority, bool byText = false) =>
        $"{shortRef} {(priority == Priority.Urgent ? "URGENT" : "routine")} ({RotaName(desk)}): an officer waits for {(byText ? "an answer by text" : "a call back")} and nobody has it yet. Reply 1 to take it.";

    /// <summary>Never the officer's words: nobody has taken it yet.</summary>
    public static string TextOffer(string shortRef, Priority priority, string forceOrNumber, string desk) =>
        $"{shortRef} {(priority == Priority.Urgent ? "URGENT" : "routine")} ({RotaName(desk)}): a text from {Person(forceOrNumber)}. Reply 1 to take it, 2 to pass.";

    public static string YouHaveText(string shortRef, string desk, PhoneNumber? from) =>
        $"{shortRef} is yours ({RotaName(desk)}), from {from?.Value ?? "a withheld number"}. Texts here go to the officer; CALL rings you both. No names or case detail.";

    public static string CannotBeTexted(string shortRef) => $"{shortRef}: the officer's number takes no texts. Please reply CALL {shortRef}, and we ring you both.";

    public static string NotDelivered(string shortRef) => $"{shortRef}: your text did not reach the officer. Please reply CALL {shortRef}, and we ring you both.";

    /// <summary>What stands before words that are passed on to an adviser.</summary>
    /// <param name="adviser">Who wrote them; null = the officer.</param>
    public static string Wrote(string shortRef, string? adviser) => $"{shortRef} {adviser ?? "officer"}: ";

    /// <param name="age">How long ago it came in, an hour at least.</param>
    public static string NobodyHasIt(string shortRef, string desk, Duration age) =>
        $"{shortRef} ({RotaName(desk)}): nobody has this enquiry, which came in {Ago(age)} ago. Please see to it.";

    public static string NobodyIsOnDuty(string shortRef, string desk) =>
        $"{shortRef} ({RotaName(desk)}): nobody who could be asked is on duty, and an officer waits. Please find somebody, or pass it on.";

    /// <param name="topics">As many of the first as fit are named.</param>
    public static string PleaseClose(string shortRef, IEnumerable<string> topics)
    {
        var all = topics.DefaultIfEmpty("other").ToList();
        var named = Enumerable.Range(1, all.Count).Reverse().FirstOrDefault(count => Ask(count).Length <= Segment, 1);
        return Ask(named);

        string Ask(int count) =>
            $"When done, reply DONE {shortRef} and a topic ({string.Join(", ", all.Take(count))}{(count < all.Count ? ", ..." : "")}); no names, no case detail.";
    }

    // Texts by the clock of the rota

    /// <param name="until">When the duty ends, as people read it; null = nobody knows.</param>
    /// <param name="before">Who had it until now; empty = nobody, or somebody who still has it.</param>
    public static string OnDuty(string rota, string? until, IReadOnlyList<string> before)
    {
        var end = until is null ? "until further notice" : $"until {until}";
        var after = before.Count == 0 ? "" : $", after {Person(before[0])}{(before.Count > 1 ? $" and {before.Count - 1} more" : "")}";
        return $"You are on duty for {RotaName(rota)} {end}{after}.";
    }

    /// <param name="now">Who is on duty now.</param>
    public static string OffDuty(string rota, IReadOnlyList<string> now)
    {
        var next = now.Count switch
        {
            0 => "nobody is on duty now",
            1 => $"{Person(now[0])} has taken over",
            _ => $"{Person(now[0])} and {now.Count - 1} more are on duty now",
        };
        return $"Your duty for {RotaName(rota)} has ended; {next}.";
    }

    /// <param name="gaps">In order of time, at least one; as many of the first as fit are named.</param>
    public static string Gaps(int days, IReadOnlyList<(string Rota, string When)> gaps)
    {
        var named = Enumerable.Range(1, Math.Min(gaps.Count, 10)).Reverse().FirstOrDefault(count => List(count).Length <= Segment, 1);
        return List(named);

        string List(int count) =>
            $"Not covered in the next {days} days: {string.Join("; ", gaps.Take(count).Select(gap => $"{RotaName(gap.Rota)} {gap.When}"))}"
            + (count < gaps.Count ? $"; and {gaps.Count - count} more; oncall gaps" : "");
    }

    // Texts to officers

    public static string RefByText(string shortRef) =>
        $"Your enquiry is {shortRef}. Please quote it when you call again. If life is in danger, use your control room or 999.";

    public static string WillBeCalled(string shortRef) => $"Your enquiry is {shortRef}. An expert will call you on this number. If life is in danger, use your control room or 999.";

    public static string Receipt(string shortRef) =>
        $"Your enquiry is {shortRef}. An expert will text you. For a call, text CALL ME. No names or case detail, please. If life is in danger, use your control room or 999.";

    public static string NobodyYet(string shortRef) =>
        $"{shortRef}: no expert could answer yet. We keep trying, and one will text or call you. If life is in danger, use your control room or 999.";

    // Answers to texts

    public static string YouTookIt(string shortRef) => $"You have {shortRef}. The number comes in a text of its own.";

    public static string NothingToTake => "Nothing is open for you to take just now.";

    public static string HasIt(string shortRef, string adviser) => $"{shortRef} was already taken by {adviser}.";

    public static string DoneKept(string shortRef, string topic) => $"{shortRef} is closed as {topic}. Thank you.";

    public static string DoneNotFound => "No open enquiry of yours has that reference. Write DONE, the four digits, and a topic.";

    public static string NotUnderstood => "Not understood. Reply 1 to take the enquiry you were texted about, DONE with its reference and a topic, or ? for all commands.";

    public static string Commands =>
        "1 take, 2 pass, PASS desk hand over, CALL rings you and the officer, WHO, WHO desk, DUTY, SICK, BACK, DONE ref topic, NEW text. All else goes to the officer.";

    public static string YouTookItAndAreRung(string shortRef) => $"You have {shortRef}. We ring you now: press 1, and we ring the officer. If you miss it, reply CALL {shortRef}.";

    public static string OfficerHolds(string shortRef) => $"The officer holds on the line about {shortRef}. Please press 1 on the call that rings you.";

    public static string PassedText(string shortRef) => $"{shortRef} is passed on. Thank you.";

    public static string HandedOver(string shortRef, string? desk) => $"{shortRef} is handed over{(desk is null ? "" : $" ({desk})")}. What was written goes along. Thank you.";

    public static string StillTalking(string shortRef) => $"{shortRef} is on a call just now. Please try again after it.";

    public static string RingingYou(string shortRef) => $"We ring you now about {shortRef}: press 1, and we ring the officer.";

    public static string NoNumber(string shortRef) => $"{shortRef}: the officer's number was withheld, so we cannot ring.";

    public static string NothingOfYours => "You have no open enquiry. Reply 1 to take one you were texted about, or ? for all commands.";

    public static string NotYours(string shortRef) => $"{shortRef} is not yours, so nothing was passed on. Reply ? for all commands.";

    public static string WhichOne(IEnumerable<string> refs) => $"Which one? Please begin your text with its reference: {string.Join(" or ", refs)}.";

    public static string NoSuchDesk(IEnumerable<string> desks) => $"No desk has that name. The desks: {string.Join(", ", desks.Order(StringComparer.Ordinal))}.";

    /// <param name="desks">Each with the names of those who would be paged first.</param>
    public static string WhoIsOnDuty(IEnumerable<(string Desk, IReadOnlyList<string> Advisers)> desks) =>
        string.Join("\n", desks.Select(desk => $"{desk.Desk}: {(desk.Advisers.Count == 0 ? "nobody on duty" : string.Join(", ", desk.Advisers))}"));

    public static string Duties(IEnumerable<string> duties) => string.Join("\n", duties.DefaultIfEmpty("You have no duty in the next 60 days."));

    public static string NotOnDuty => "You are not on duty now, so nothing was changed. Please tell your coordinator of later duties.";

    public static string YouAreSick(string until) => $"You are off duty until {until}. The coordinators are told. Get well soon. Reply BACK to undo it.";

    /// <summary>The same for who had not reported sick: a text that is told of twice is answered alike.</summary>
    public static string YouAreBack => "You are not reported sick, and are on duty as the rota says. Thank you.";

    /// <summary>While the database is away.</summary>
    /// <param name="line">The line's number for calls.</param>
    public static string OfficersTextWaits(PhoneNumber line) => $"We have your text. An expert will be asked within minutes. If it cannot wait, call {line}. If life is in danger, use your control room or 999.";

    /// <inheritdoc cref="OfficersTextWaits"/>
    public static string AdvisersTextWaits => "We have your text. It is done within minutes, and answered then: please do not send it again.";

    public static string AdvisersTextCameLate => "A text of yours reached us only now, and was not acted upon. Please send it again if it still holds.";

    public static string NoPictures => "Pictures cannot be passed on here, so that they are kept in no phone. Please describe it, without names or case detail.";

    /// <summary>What stands in the place of words that were kept long enough.</summary>
    public static string WordsAreErased => "(these words were erased, as they were kept long enough)";

    // Texts about duty

    public static string YouStandIn(string adviser, string until) => $"{adviser} is sick until {until}. You are on duty now in their place.";

    public static string IsSick(string adviser, string until, IReadOnlyList<string> standIns) =>
        $"{adviser} reported sick until {until}. {(standIns.Count == 0 ? "NOBODY is on duty in their place: please find cover." : $"On duty now: {string.Join(", ", standIns)}.")}";

    public static string IsBack(string adviser) => $"{adviser} is back on duty.";

    // Texts of which not everything is passed on

    public static string NoLinks => "Links cannot be passed on here, since nobody can see where they lead. Please say it in words, without names or case detail.";

    /// <summary>What stands in the place of a link.</summary>
    public static string LinkLeftOut => "(link left out)";

    // Texts to senders in doubt

    /// <param name="force">The name of one, as an example; null = none is asked for.</param>
    public static string WhoAsks(string shortRef, IEnumerable<MenuEntry> menu, string? force)
    {
        var (keys, first) = (string.Join(", ", menu.Select(entry => $"{entry.Key} {Gsm7.Fold(entry.Say)}")), menu.FirstOrDefault()?.Key ?? "1");
        return $"{shortRef}: before an expert is asked, please reply with a number ({keys}){(force is null ? "" : $" and your force, for example: {first} {Gsm7.Fold(force)}")}. If life is in danger, use your control room or 999.";
    }

    // Texts to coordinators about an adviser's number

    /// <param name="reason">As the end of a sentence.</param>
    public static string TakesNoTexts(string adviser, string reason) => $"{Person(adviser)} takes no texts: {reason}. They are called instead. Please look into it.";

    /// <inheritdoc cref="TakesNoTexts"/>
    public static string CannotBeCalled(string adviser, string reason) => $"{Person(adviser)} cannot be called: {reason}. Please put the number right in the book.";

    /// <summary>Digit by digit, with a short pause between them when spoken: <c>4821</c> → <c>4, 8, 2, 1</c>.</summary>
    private static string Spell(string digits) => string.Join(", ", digits.ToCharArray());

    /// <summary>A number as it is dialled within the United Kingdom.</summary>
    private static string National(PhoneNumber number) =>
        number.Value.StartsWith("+44", StringComparison.Ordinal) ? $"0{number.Value[3..]}" : $"00{number.Value[1..]}";

    private static string RotaName(string name) => Cut(name, 40);

    private static string Ago(Duration age) => (int)age.TotalHours switch
    {
        <= 1 => "an hour",
        < 48 and var hours => $"{hours} hours",
        var hours => $"{hours / 24} days",
    };

    private static string Person(string name) => Cut(name, 30);

    /// <summary>A name as a text can hold it.</summary>
    private static string Cut(string name, int most)
    {
        var folded = Gsm7.Fold(name);
        return folded.Length <= most ? folded : $"{folded[..(most - 2)].TrimEnd()}..";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Spoken(long seconds) => seconds switch
    {
        < 60 => $"{seconds} seconds",
        < 120 => "1 minute",
        _ => $"{seconds / 60} minutes",
    };
}
