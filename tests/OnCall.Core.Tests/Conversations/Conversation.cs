using NodaTime;
using OnCall.Core.Escalation;
using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Core.Tests.Escalation;

namespace OnCall.Core.Tests.Conversations;

/// <summary>Some people write to two lines, in any order, twice, late, under numbers that are not their own; advisers' phones ring, and time goes by. All of it follows from the seed.</summary>
internal sealed class Conversation
{
    private static readonly PhoneNumber[] Officers =
        [DeskBook.TextingOfficer, DeskBook.TextingOfficer, PhoneNumber.Parse("+447700900202"), DeskBook.OtherPhone, DeskBook.Officer, DeskBook.Switchboard, DeskBook.CoordinatorOfAll];

    private static readonly long[] Waits = [0, 0, 1, 5, 20, 61, 300, 4000, 90_000];

    private readonly Random _random;
    private readonly RotaBook _book;
    private readonly TextRules _rules;
    private readonly TextRoom _room;
    private readonly Action<string>? _tells;
    private readonly List<ArrivedText> _arrived = [];
    private readonly List<(Guid Enquiry, EnquiryEvent What)> _toCome = [];

    private Conversation(int seed, TextDefect defect, Action<string>? tells)
    {
        _random = new Random(seed);
        _tells = tells;
        _book = TextBooks.All[_random.Next(TextBooks.All.Count)];
        _rules = new TextRules(_book);
        _room = new TextRoom(_book, DeskBook.Noon, defect, Sees);
    }

    /// <param name="tells">Is told what happens, line by line; null = nobody is.</param>
    /// <returns>What did not hold; null = all of it did.</returns>
    public static (TextRule Rule, string What)? Breach(int seed, TextDefect? defect = null, Action<string>? tells = null)
    {
        var conversation = new Conversation(seed, defect ?? TextDefect.None, tells);
        try
        {
            conversation.Goes();
        }
        catch (Exception e)
        {
            conversation._rules.Threw(e);
        }

        return conversation._rules.Broken;
    }

    /// <summary>The conversation from the beginning.</summary>
    public static string Story(int seed, TextDefect? defect = null)
    {
        List<string> lines = [];
        var breach = Breach(seed, defect, lines.Add);
        return $"Conversation {seed}, {breach?.Rule}: {breach?.What}\n{string.Join('\n', lines)}";
    }

    private void Goes()
    {
        for (var step = 5 + _random.Next(10); step > 0 && _rules.Broken is null; step--)
        {
            _room.Now += Duration.FromSeconds(Waits[_random.Next(Waits.Length)]);
            _room.TimePasses();
            switch (_random.Next(10))
            {
                case < 6:
                    Arrives(NewText());
                    break;
                case 6 when _arrived.Count > 0:
                    Arrives(_arrived[_random.Next(_arrived.Count)]);
                    break;
                default:
                    Comes();
                    break;
            }
        }

        _room.Now += Duration.FromHours(1);
        _room.TimePasses();
        _rules.Ends(_room.Enquiries);
    }

    private ArrivedText NewText()
    {
        var isAdviser = _random.Next(2) == 0;
        // A number that an adviser has is a claim, not a proof: whoever uses it writes what officers write, too.
        var from = isAdviser ? _book.Content.Advisers[_random.Next(_book.Content.Advisers.Count)].Phone : Officers[_random.Next(Officers.Length)];
        var body = Writings.Of(_random, isAdviser, [.. _room.Enquiries.Select(enquiry => enquiry.Ref)]);
        return new ArrivedText($"SM{_arrived.Count + 1}", from, _random.Next(5) == 0 ? TextBooks.OtherLine : DeskBook.Line, body);
    }

    private void Arrives(ArrivedText text)
    {
        for (var time = _random.Next(8) == 0 ? 2 : 1; time > 0; time--)
        {
            _tells?.Invoke($"{_room.Now} {text}");
            _rules.Arrives(text);
            var answer = _room.Receives(text);
            _tells?.Invoke($"    answer: {answer}");
            _rules.Answered(text, answer, _room.Enquiries);
        }

        _arrived.Add(text);
    }

    /// <summary>One or two of the things that follow from what went out.</summary>
    private void Comes()
    {
        for (var many = 1 + _random.Next(2); many > 0 && _toCome.Count > 0; many--)
        {
            var place = _random.Next(_toCome.Count);
            var (enquiry, what) = _toCome[place];
            _toCome.RemoveAt(place);
            _room.Happened(enquiry, what);
        }
    }

    private void Sees(TextStep step)
    {
        _tells?.Invoke($"{_room.Now} {step.After.Ref} {step.Happened}: {step.After.Stage}\n    {string.Join("\n    ", step.Decision.Effects)}");
        _rules.Sees(step);
        foreach (var effect in step.Decision.Effects)
        {
            if (FollowsFrom(effect) is { } follows)
            {
                _toCome.Add((step.After.Id, follows));
            }
        }

        if (step.Happened is EnquiryEvent.PagePlaced placed)
        {
            _toCome.Add((step.After.Id, _random.Next(3) == 0 ? new EnquiryEvent.PageHungUp(placed.Page, placed.CallSid, "busy") : new EnquiryEvent.PageAnswered(placed.Page, placed.CallSid)));
        }
        else if (step.Happened is EnquiryEvent.PageAnswered answered)
        {
            _toCome.Add((step.After.Id, _random.Next(3) == 0 ? new EnquiryEvent.PagePassed(answered.Page, answered.CallSid) : new EnquiryEvent.PageTaken(answered.Page, answered.CallSid)));
        }
    }

    private EnquiryEvent? FollowsFrom(Effect effect) => effect switch
    {
        Effect.PlaceCall call => new EnquiryEvent.PagePlaced(call.Page, $"CA{call.Page}"),
        Effect.PageByText text when _random.Next(4) == 0 => new EnquiryEvent.PageTextFailed(text.Page, "not delivered: 30003"),
        Effect.PageByText text => new EnquiryEvent.PageTexted(text.Page, $"SM{text.Page}"),
        Effect.Relay relay when _random.Next(6) == 0 => new EnquiryEvent.RelayFailed(relay.Message, relay.Adviser, "not delivered: 30003"),
        Effect.CallBack => new EnquiryEvent.CallBackRefused("Twilio refused: 13224"),
        _ => null,
    };
}
