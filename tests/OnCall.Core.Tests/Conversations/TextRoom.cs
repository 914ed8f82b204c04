using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.Messages;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Tests.Conversations;

/// <summary>
/// What the service does with a text around Core, in memory: which enquiry it is for, what that is told, and what the sender is answered. It follows <c>TextWebhooks</c>,
/// <c>OfficerTexts</c> and <c>AdviserTexts</c> of the service step by step.
/// </summary>
internal sealed class TextRoom(RotaBook book, Instant start, TextDefect defect, Action<TextStep> sees)
{
    private readonly Roster _roster = new(book);
    private readonly ReplyReader _reader = new(book.Content.Desks, book.Topics);
    private readonly List<Enquiry> _enquiries = [];
    private readonly Dictionary<string, string?> _answered = [];

    public IReadOnlyList<Enquiry> Enquiries => _enquiries;

    public Instant Now { get; set; } = start;

    /// <returns>What the sender is answered; null = nothing.</returns>
    public string? Receives(ArrivedText text)
    {
        if (ReplyReader.IsCarriers(text.Body) || defect.Swallows(text.Body))
        {
            return null;
        }

        if (book.AdviserOf(text.From) is not { } adviser)
        {
            return Keep(text);
        }

        // What changed nothing when it came changes nothing when it is told of again.
        return _answered.TryGetValue(text.Message, out var before) && WithText(text.Message) is null
            ? before
            : _answered[text.Message] = Answer(adviser, text, _reader.Read(text.Body));
    }

    public void Happened(Guid id, EnquiryEvent happened)
    {
        var place = _enquiries.FindIndex(enquiry => enquiry.Id == id);
        var before = _enquiries[place];
        var decision = defect.Decided(before, happened, Escalator.Decide(before, happened, _roster, Now));
        _enquiries[place] = decision.Next;
        sees(new TextStep(before, happened, decision));
    }

    /// <summary>Deadlines that have come are looked at.</summary>
    public void TimePasses()
    {
        for (var look = 0; look < 40 && _enquiries.Find(enquiry => enquiry.Deadline <= Now) is { } due; look++)
        {
            Happened(due.Id, new EnquiryEvent.TimePassed());
        }
    }

    private string? Keep(ArrivedText text)
    {
        if (text.Body.Trim() is { Length: > 0 } words && WithText(text.Message) is null)
        {
            Received(text, words);
        }

        return null;
    }

    private void Received(ArrivedText text, string words)
    {
        if (!GoesOn(text, words))
        {
            var decision = Escalator.OpenByText(NewId(), $"{4001 + _enquiries.Count}", text.Line, text.From, text.Message, words, _roster, Now, _reader.AsksForCall(words));
            decision = defect.Decided(null, null, decision);
            _enquiries.Add(decision.Next);
            sees(new TextStep(null, null, decision));
        }
    }

    private bool GoesOn(ArrivedText text, string words)
    {
        if (_enquiries.FindLast(enquiry => enquiry.From == text.From && enquiry.Line == text.Line && Escalator.MayBeTexted(enquiry, Now)) is not { } open)
        {
            return false;
        }

        Happened(open.Id, new EnquiryEvent.OfficerTexted(text.Message, words.Length, _reader.AsksForCall(words)));
        return Find(open.Id).Heard.Contains(text.Message);
    }

    private string? Answer(Adviser adviser, ArrivedText text, Reply reply)
    {
        var told = WithText(text.Message);
        switch (reply)
        {
            case Reply.Help or Reply.Who or Reply.Duty or Reply.Sick or Reply.Back:
                return Phrases.Commands(adviser.Language);
            case Reply.Take take:
                return told is null ? Take(adviser, take.Ref, text.Message) : Phrases.NothingToTake(adviser.Language);
            case Reply.Pass pass:
                return told is null ? Pass(adviser, pass, text.Message) : Phrases.PassedText(adviser.Language, told.Ref);
            case Reply.Call call:
                return told is null ? Meant(adviser, call.Ref, mine => Happened(mine.Id, new EnquiryEvent.CallWanted(adviser.Id, text.Message)), shortRef => Phrases.RingingYou(adviser.Language, shortRef, toHear: false)) : Phrases.RingingYou(adviser.Language, told.Ref, toHear: false);
            case Reply.Done done:
                var (topic, note) = done.Filed(book.Topics);
                return Meant(adviser, done.Ref, mine => Happened(mine.Id, new EnquiryEvent.Close(adviser.Id, topic, note)), shortRef => Phrases.DoneKept(adviser.Language, shortRef, topic));
            case Reply.Ask asked when told is null:
                Received(text, asked.Text);
                return null;
            case Reply.Words said when told is null:
                return Relay(adviser, text, said);
            default:
                return null;
        }
    }

    private string Take(Adviser adviser, string? shortRef, string message)
    {
        var offered = _enquiries.Where(enquiry => enquiry.Stage is Stage.Paging or Stage.Owed && (shortRef is null ? Concerns(enquiry, adviser) : enquiry.Ref == shortRef))
            .OrderBy(enquiry => HasPassed(enquiry, adviser)).ThenByDescending(enquiry => enquiry.Priority).ThenBy(enquiry => enquiry.OpenedAt).FirstOrDefault();
        if (offered is null)
        {
            return Phrases.NothingToTake(adviser.Language);
        }

        Happened(offered.Id, new EnquiryEvent.TakenByText(adviser.Id, message));
        return Phrases.YouTookIt(adviser.Language, offered.Ref);
    }

    private string Pass(Adviser adviser, Reply.Pass pass, string message)
    {
        if (pass.Desk is not null && !book.Desks.ContainsKey(pass.Desk))
        {
            return Phrases.NoSuchDesk(adviser.Language, book.Desks.Keys);
        }

        var paged = pass.Desk is null
            ? _enquiries.FindAll(enquiry => enquiry.Stage is Stage.Paging or Stage.Owed && (pass.Ref is null || enquiry.Ref == pass.Ref) && enquiry.Pages.Any(page => page.Adviser == adviser.Id))
            : [];
        if (paged.Find(enquiry => !HasPassed(enquiry, adviser)) is { } offered)
        {
            Happened(offered.Id, new EnquiryEvent.PassedByText(adviser.Id, message));
            return Phrases.PassedText(adviser.Language, offered.Ref);
        }

        return paged.Count > 0 && !Held(adviser).Exists(enquiry => pass.Ref is null || enquiry.Ref == pass.Ref)
            ? Phrases.PassedText(adviser.Language, paged[0].Ref)
            : Meant(adviser, pass.Ref, mine => Happened(mine.Id, new EnquiryEvent.PassedByText(adviser.Id, message, pass.Desk)), shortRef => Phrases.HandedOver(adviser.Language, shortRef, pass.Desk));
    }

    private string? Relay(Adviser adviser, ArrivedText text, Reply.Words said)
    {
        var held = Held(adviser);
        var named = said.Ref is null ? null : held.Find(enquiry => enquiry.Ref == said.Ref);
        if (named is null && said.Ref is not null && _enquiries.Exists(enquiry => enquiry.Ref == said.Ref))
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
            return GoesOn(text, said.Text) ? null : Phrases.NotUnderstood(adviser.Language);
        }

        var words = named is null && said.Ref is not null ? $"{said.Ref} {said.Text}" : said.Text;
        Happened(mine.Id, new EnquiryEvent.AdviserTexted(adviser.Id, text.Message, words.Length));
        return null;
    }

    private string Meant(Adviser adviser, string? shortRef, Action<Enquiry> with, Func<string, string> says)
    {
        var held = Held(adviser).FindAll(enquiry => shortRef is null || enquiry.Ref == shortRef);
        if (held is not [var mine])
        {
            return held.Count == 0 ? Phrases.NothingOfYours(adviser.Language) : Phrases.WhichOne(adviser.Language, held.Select(enquiry => enquiry.Ref));
        }

        with(mine);
        return says(mine.Ref);
    }

    private List<Enquiry> Held(Adviser adviser) => _enquiries.FindAll(enquiry => enquiry.Stage is Stage.Accepted && enquiry.AcceptedBy == adviser.Id);

    private static bool HasPassed(Enquiry enquiry, Adviser adviser) => enquiry.Pages.LastOrDefault(page => page.Adviser == adviser.Id) is { State: PageState.Over { End: PageEnd.Passed } };

    private static bool Concerns(Enquiry enquiry, Adviser adviser) => enquiry.Texted.Contains(adviser.Id) || enquiry.Pages.Any(page => page.Adviser == adviser.Id);

    private Enquiry? WithText(string message) => _enquiries.Find(enquiry => enquiry.Heard.Contains(message));

    private Enquiry Find(Guid id) => _enquiries.Find(enquiry => enquiry.Id == id)!;

    private Guid NewId() => new(_enquiries.Count + 1, 0x4821, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 1);
}
