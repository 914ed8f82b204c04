using NodaTime.Extensions;
using OnCall.Core;
using OnCall.Core.Escalation;
using OnCall.Core.Messages;
using OnCall.Core.People;
using OnCall.Service.Escalation;
using OnCall.Service.Rotas;

namespace OnCall.Service.Messages;

/// <summary>
/// What an adviser's text does to an enquiry, and the answer to it; null = none. Each event names the text, and the enquiry remembers it: one that is told of twice finds
/// its enquiry, gets the same answer and changes nothing.
/// </summary>
internal sealed class AdviserTexts(Enquiries enquiries, AdvisersEnquiries theirs, OfficerTexts officers, WordsStore words, CurrentBook book, TimeProvider time)
{
    /// <param name="again">The text was handled before: where it changed nothing then, it changes nothing now, whatever it would mean by now.</param>
    public async Task<string?> AnswerAsync(Adviser adviser, PhoneNumber line, PhoneNumber from, Reply reply, string message, bool again, CancellationToken stop)
    {
        var told = (await enquiries.FindByCallAsync(message, stop))?.Enquiry;
        var mayAct = !again || told is not null;
        switch (reply)
        {
            case Reply.Take take:
                return mayAct ? await TakeAsync(adviser, take.Ref, message, told, stop) : await TakenAsync(adviser, take.Ref, stop);
            case Reply.Pass pass:
                return await PassAsync(adviser, pass, message, told, mayAct, stop);
            case Reply.Call call:
                return await CallAsync(adviser, call.Ref, message, told, mayAct, stop);
            case Reply.Done done:
                return await DoneAsync(adviser, done, message, told, mayAct, stop);
            case Reply.Ask asked when told is null && mayAct:
                await officers.ReceivedAsync(line, from, message, asked.Text, stop);
                return null;
            case Reply.Words said when told is null:
                return await RelayAsync(adviser, line, from, said, message, mayAct, stop);
            default:
                return null;
        }
    }

    private async Task<string> TakeAsync(Adviser adviser, string? shortRef, string message, Enquiry? told, CancellationToken stop)
    {
        if (told is not null)
        {
            return Whose(told, adviser);
        }

        var offered = await theirs.OfferedAsync(adviser.Id, shortRef, stop);

        // What the adviser has passed comes after everything else, and is taken all the same where nothing else is meant.
        if (offered.OrderBy(enquiry => HasPassed(enquiry, adviser)).FirstOrDefault(enquiry => !Holds(enquiry)) is { } first)
        {
            var taken = (await enquiries.HappenedAsync(first.Id, new EnquiryEvent.TakenByText(adviser.Id, message)))!;
            return Whose(taken, adviser);
        }

        if (offered.Count > 0)
        {
            return Phrases.OfficerHolds(adviser.Language, offered[0].Ref);
        }

        return await TakenAsync(adviser, shortRef, stop);
    }

    private async Task<string> TakenAsync(Adviser adviser, string? shortRef, CancellationToken stop) =>
        await theirs.LastTakenAsync(adviser.Id, shortRef, stop) is { AcceptedBy: not null } last ? Whose(last, adviser) : Phrases.NothingToTake(adviser.Language);

    /// <summary>An officer on the line is taken by the key of the call that rings, not by a text.</summary>
    private static bool Holds(Enquiry enquiry) => enquiry.Stage is Stage.Paging && enquiry.OfficerCall is not null;

    /// <summary>Whether an adviser who was asked has passed, and was not asked again since.</summary>
    private static bool HasPassed(Enquiry enquiry, Adviser adviser) =>
        enquiry.Pages.LastOrDefault(page => page.Adviser == adviser.Id) is { State: PageState.Over { End: PageEnd.Passed } };

    private string Whose(Enquiry enquiry, Adviser adviser) => enquiry.AcceptedBy is not { } by ? Phrases.NothingToTake(adviser.Language)
        : by != adviser.Id ? Phrases.HasIt(adviser.Language, enquiry.Ref, book.Book.Advisers.GetValueOrDefault(by)?.Name ?? by)
        : enquiry.Channel == Channel.Call && enquiry.CallableNumber is not null ? Phrases.YouTookItAndAreRung(adviser.Language, enquiry.Ref) : Phrases.YouTookIt(adviser.Language, enquiry.Ref);

    private async Task<string?> PassAsync(Adviser adviser, Reply.Pass pass, string message, Enquiry? told, bool mayAct, CancellationToken stop)
    {
        if (told is not null)
        {
            return Phrases.PassedText(adviser.Language, told.Ref);
        }

        var desk = pass.Desk;
        if (desk is not null && !book.Book.Desks.ContainsKey(desk))
        {
            return Phrases.NoSuchDesk(adviser.Language, book.Book.Desks.Keys);
        }

        // A desk is named for what the adviser has; else it is another desk's that was offered.
        var held = await theirs.HeldAsync(adviser.Id, stop);
        var has = held.Exists(enquiry => pass.Ref is null || enquiry.Ref == pass.Ref);
        var paged = mayAct && (desk is null || !has) ? (await theirs.OfferedAsync(adviser.Id, pass.Ref, stop)).FindAll(enquiry => enquiry.Pages.Any(page => page.Adviser == adviser.Id)) : [];
        if (paged.Find(enquiry => !HasPassed(enquiry, adviser) || (desk is not null && desk != enquiry.Desk)) is { } offered)
        {
            var passed = await enquiries.HappenedAsync(offered.Id, new EnquiryEvent.PassedByText(adviser.Id, message, desk));
            return desk is null || desk == offered.Desk ? Phrases.PassedText(adviser.Language, offered.Ref)
                : passed?.Desk == desk ? Phrases.HandedOver(adviser.Language, offered.Ref, book.Book.Desks[desk].Name)
                : Whose(passed ?? offered, adviser);
        }

        var (mine, why) = Meant(adviser, held, pass.Ref);
        if (mine is null || !mayAct)
        {
            return mine is not null ? null : paged.Count > 0 ? Phrases.PassedText(adviser.Language, paged[0].Ref) : why;
        }

        var after = await enquiries.HappenedAsync(mine.Id, new EnquiryEvent.PassedByText(adviser.Id, message, desk));
        return after?.Heard.Contains(message) == true ? Phrases.HandedOver(adviser.Language, mine.Ref, book.Book.Desks.GetValueOrDefault(after.Desk ?? "")?.Name) : Phrases.StillTalking(adviser.Language, mine.Ref);
    }

    private async Task<string?> CallAsync(Adviser adviser, string? shortRef, string message, Enquiry? told, bool mayAct, CancellationToken stop)
    {
        if (told is not null)
        {
            return RingingYou(adviser, told);
        }

        var (mine, why) = Meant(adviser, await theirs.HeldAsync(adviser.Id, stop), shortRef);
        if (mine is null || !mayAct)
        {
            return mine is null ? why : null;
        }

        var after = await enquiries.HappenedAsync(mine.Id, new EnquiryEvent.CallWanted(adviser.Id, message));
        return after?.Heard.Contains(message) == true ? RingingYou(adviser, mine)
            : mine.CallableNumber is null ? Phrases.NoNumber(adviser.Language, mine.Ref, mine.Number) : Phrases.StillTalking(adviser.Language, mine.Ref);
    }

    private static string RingingYou(Adviser adviser, Enquiry enquiry) =>
        Phrases.RingingYou(adviser.Language, enquiry.Ref, toHear: enquiry is { CallableNumber: null, OfficerCall: null });

    private async Task<string?> DoneAsync(Adviser adviser, Reply.Done done, string message, Enquiry? told, bool mayAct, CancellationToken stop)
    {
        if (told is { Stage: Stage.Closed by })
        {
            return Phrases.DoneKept(adviser.Language, told.Ref, by.Outcome);
        }

        var held = await theirs.HeldAsync(adviser.Id, stop);
        if (done.Ref is not null && !held.Exists(enquiry => enquiry.Ref == done.Ref))
        {
            return await theirs.LastTakenAsync(adviser.Id, done.Ref, stop) is { Stage: Stage.Closed closed } last && last.AcceptedBy == adviser.Id
                ? Phrases.DoneKept(adviser.Language, last.Ref, closed.Outcome)
                : Phrases.DoneNotFound(adviser.Language);
        }

        var (mine, why) = Meant(adviser, held, done.Ref);
        if (mine is null || !mayAct)
        {
            return mine is null ? why : null;
        }

        var (topic, note) = done.Filed(book.Book.Topics);
        var after = await enquiries.HappenedAsync(mine.Id, new EnquiryEvent.Close(adviser.Id, topic, note, message));
        return Phrases.DoneKept(adviser.Language, mine.Ref, after is { Stage: Stage.Closed before } ? before.Outcome : topic);
    }

    /// <summary>Words go to the officer of the one enquiry that the adviser has; where there are several, they must say which.</summary>
    private async Task<string?> RelayAsync(Adviser adviser, PhoneNumber line, PhoneNumber from, Reply.Words said, string message, bool mayAct, CancellationToken stop)
    {
        var held = await theirs.HeldAsync(adviser.Id, stop);
        var named = said.Ref is null ? null : held.Find(enquiry => enquiry.Ref == said.Ref);
        if (named is null && said.Ref is not null && await theirs.LastTakenAsync(adviser.Id, said.Ref, stop) is not null)
        {
            return Phrases.NotYours(adviser.Language, said.Ref);
        }

        var conversations = held.FindAll(enquiry => enquiry.Words.Count > 0);
        if (named is null && conversations.Count > 1)
        {
            return Phrases.WhichOne(adviser.Language, conversations.Select(enquiry => enquiry.Ref));
        }

        if ((named ?? conversations.FirstOrDefault()) is not { } mine)
        {
            if (mayAct && await officers.GoesOnAsync(line, from, message, said.Text, stop))
            {
                return null;
            }

            if (mayAct && said.Question is { } asked)
            {
                await officers.ReceivedAsync(line, from, message, asked, stop);
                return null;
            }

            return Phrases.NotUnderstood(adviser.Language);
        }

        if (!mayAct)
        {
            return null;
        }

        var text = named is null && said.Ref is not null ? $"{said.Ref} {said.Text}" : said.Text;
        await words.KeepAsync(message, text, time.GetCurrentInstant(), stop);
        var after = await enquiries.HappenedAsync(mine.Id, new EnquiryEvent.AdviserTexted(adviser.Id, message, text.Length));

        // It may have been closed or handed over at that moment: the words are not lost without a word.
        return after?.Heard.Contains(message) == true ? null : Phrases.NotYours(adviser.Language, mine.Ref);
    }

    /// <summary>The one that is meant; where it is not clear, or there is none, what the adviser is told.</summary>
    private static (Enquiry? Mine, string Why) Meant(Adviser adviser, List<Enquiry> held, string? shortRef) =>
        (shortRef is null ? held : held.FindAll(enquiry => enquiry.Ref == shortRef)) switch
        {
            [var one] => (one, ""),
            [] => (null, shortRef is null ? Phrases.NothingOfYours(adviser.Language) : Phrases.NotYours(adviser.Language, shortRef)),
            var several => (null, Phrases.WhichOne(adviser.Language, several.Select(enquiry => enquiry.Ref))),
        };
}
