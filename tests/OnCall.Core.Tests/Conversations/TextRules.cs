using OnCall.Core.Escalation;
using OnCall.Core.Messages;
using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core.Tests.Conversations;

/// <summary>Judges what goes out, by what came in, and not by the code under test.</summary>
internal sealed class TextRules(RotaBook book)
{
    private readonly HashSet<PhoneNumber> _wrote = [];
    private readonly Dictionary<Guid, List<string>> _words = [];
    private readonly HashSet<string> _counted = [];
    private string _message = "";
    private bool _isRepeat;

    /// <summary>The first thing that did not hold; null = all of it did.</summary>
    public (TextRule Rule, string What)? Broken { get; private set; }

    /// <param name="text">It may have come before; one that changed nothing then may still do what it says.</param>
    public void Arrives(ArrivedText text)
    {
        _wrote.Add(text.From);
        (_message, _isRepeat) = (text.Message, _counted.Contains(text.Message));
    }

    public void Sees(TextStep step)
    {
        foreach (var effect in step.Decision.Effects)
        {
            if (!IsKnown(effect, step.After))
            {
                Breaks(TextRule.NothingGoesToAStranger, $"{effect} goes to somebody who has nothing to do with it");
            }

            if (effect is Effect.Relay relay)
            {
                Judge(relay, step);
            }
        }

        if (_isRepeat && step.Before is null)
        {
            Breaks(TextRule.NothingCountsTwice, "a text that came twice opens an enquiry");
        }

        if (_message.Length > 0)
        {
            _counted.Add(_message);
        }

        JudgeWords(step);
    }

    /// <summary>A text was handled.</summary>
    /// <param name="answer">What its sender was answered; null = nothing.</param>
    public void Answered(ArrivedText text, string? answer, IReadOnlyList<Enquiry> enquiries)
    {
        var mustBeKept = !_isRepeat && text.Body.Trim().Length > 0 && !ReplyReader.IsCarriers(text.Body);
        (_message, _isRepeat) = ("", false);
        if (mustBeKept && answer is null && !enquiries.Any(enquiry => enquiry.Words.Any(word => word.Message == text.Message)))
        {
            Breaks(TextRule.NothingIsLost, $"{text} is in no enquiry, and its sender is told nothing");
        }
    }

    /// <summary>All is quiet: whatever nobody has is being chased, or the outbox is about to tell of a page.</summary>
    public void Ends(IReadOnlyList<Enquiry> enquiries)
    {
        foreach (var enquiry in enquiries)
        {
            if (enquiry is { Stage: not Stage.Closed, AcceptedBy: null, Deadline: null } && !enquiry.Pages.Any(page => page.State is PageState.Requested))
            {
                Breaks(TextRule.NothingIsLost, $"nobody has it, and nobody will be asked: {enquiry}");
            }
        }
    }

    public void Threw(Exception e) => Breaks(TextRule.NothingThrows, e.ToString());

    private void Judge(Effect.Relay relay, TextStep step)
    {
        if (!Reads(relay, step))
        {
            Breaks(TextRule.OnlyWhoHasItReads, $"{relay} is not for that one");
        }

        if (_isRepeat)
        {
            Breaks(TextRule.NothingCountsTwice, $"{relay} goes out again");
        }
    }

    private bool IsKnown(Effect effect, Enquiry enquiry) => effect switch
    {
        Effect.SendText { Adviser: { } adviser } text => text.To == SmsOf(adviser),
        Effect.SendText text => book.Coordinators.Any(coordinator => coordinator.Phone == text.To) || IsOfficer(text.To, enquiry),
        Effect.PageByText text => text.To == SmsOf(text.Adviser),
        Effect.Relay { Adviser: { } adviser } relay => relay.To == SmsOf(adviser),
        Effect.Relay relay => IsOfficer(relay.To, enquiry),
        Effect.PlaceCall call => enquiry.Pages.Any(page => page.Id == call.Page && book.Advisers[page.Adviser].Phone == call.To),
        Effect.CallBack back => IsOfficer(back.To, enquiry),
        _ => true,
    };

    private bool IsOfficer(PhoneNumber number, Enquiry enquiry) => number == enquiry.From && _wrote.Contains(number);

    private PhoneNumber? SmsOf(string adviser) => book.Advisers.GetValueOrDefault(adviser)?.Sms;

    /// <summary>An adviser reads what the enquiry has while it is that adviser's; an officer, what the adviser who has it writes.</summary>
    private static bool Reads(Effect.Relay relay, TextStep step) =>
        step.After.Words.FirstOrDefault(word => word.Message == relay.Message) is { } word && step.After.Stage is Stage.Accepted { Adviser: var owner }
        && (relay.Adviser is not null ? relay.Adviser == owner : word.Adviser == owner && step.Before?.AcceptedBy == owner);

    private void JudgeWords(TextStep step)
    {
        if (!_words.TryGetValue(step.After.Id, out var known))
        {
            _words.Add(step.After.Id, known = []);
        }

        if (!known.TrueForAll(message => step.After.Words.Any(word => word.Message == message)))
        {
            Breaks(TextRule.NothingIsLost, "words are forgotten");
        }

        var isNewOwner = step.After.AcceptedBy is not null && step.After.AcceptedBy != step.Before?.AcceptedBy;
        foreach (var word in step.After.Words)
        {
            var isNew = !known.Contains(word.Message);
            if (isNew)
            {
                known.Add(word.Message);
            }

            if (step.After.AcceptedBy is { } owner && (isNew || isNewOwner))
            {
                JudgePassingOn(word, isNew && word.Adviser is not null ? null : owner, step);
            }
        }
    }

    /// <param name="to">The adviser's id; null = the officer.</param>
    private void JudgePassingOn(Word word, string? to, TextStep step)
    {
        if (to is null ? step.After.TextNumber is null : SmsOf(to) is null)
        {
            return;
        }

        var parts = step.Decision.Effects.OfType<Effect.Relay>().Where(relay => relay.Message == word.Message && relay.Adviser == to).Select(relay => relay.Part).ToList();
        if (!parts.SequenceEqual(Enumerable.Range(1, word.Parts)))
        {
            Breaks(TextRule.NothingIsLost, $"{word} is not passed on to {to ?? "the officer"}");
        }
    }

    private void Breaks(TextRule rule, string what) => Broken ??= (rule, what);
}
