using System.Globalization;
using OnCall.Core.Rotas;

namespace OnCall.Core.Escalation;

/// <summary>A number that is blocked, or calls too often: it is asked for a key and a force before anybody is rung, and is never dropped.</summary>
internal sealed partial class Deciding
{
    /// <summary>The menu begins, and no default leads out of it.</summary>
    public void Doubt()
    {
        _enquiry = _enquiry with { Doubted = true, Stage = new Stage.Menu(1, now + Escalator.LongestMenu) };
        Log("note", method: "call", detail: "the number is blocked or calls too often: asked for a key and a force first");
    }

    public void ForceSaid(EnquiryEvent.ForceSaid said)
    {
        if (_enquiry.Stage is not Stage.Menu { OfForce: true } menu || menu.Ask != said.Ask || IsFormer(said.CallSid))
        {
            return;
        }

        if (int.TryParse(said.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && roster.Forces.ElementAtOrDefault(place - 1) is { } force)
        {
            _enquiry = _enquiry with { Doubted = false, SaidForce = force.Id };
            Log("note", method: "call", detail: $"the caller names {force.Name}");
            BeginSteps();
        }
        else
        {
            AskOnceMore(menu, "no force was named");
        }
    }

    private void AnsweredInDoubt(Stage.Menu menu, MenuEntry? entry)
    {
        if (entry is null)
        {
            AskOnceMore(menu, "no key was pressed");
            return;
        }

        ChooseDesk(entry, $"key {entry.Key}");
        if (roster.Forces.Count > 0)
        {
            _enquiry = _enquiry with { Stage = new Stage.Menu(1, now + Escalator.LongestMenu, OfForce: true) };
        }
        else
        {
            _enquiry = _enquiry with { Doubted = false };
            BeginSteps();
        }
    }

    private void AskOnceMore(Stage.Menu menu, string why)
    {
        if (menu.Ask == 1)
        {
            _enquiry = _enquiry with { Stage = menu with { Ask = 2, Until = now + Escalator.LongestMenu } };
        }
        else
        {
            HoldInDoubt($"{why}, asked twice");
        }
    }

    /// <summary>Nobody is rung at once; but somebody who cannot press keys may need help: the officer is held, and the chase goes on until somebody takes it.</summary>
    private void HoldInDoubt(string why)
    {
        if (_enquiry.Desk is null)
        {
            ChooseDesk(null, why);
        }

        var isReached = _enquiry.OfficerCall is null || _enquiry.CallableNumber is not null;
        _enquiry = _enquiry with { Stage = Chased(isReached ? OwedBecause.Unanswered : OwedBecause.MessageWanted) };
        Log("unanswered", detail: $"{why}: {(_enquiry.OfficerCall is null ? "" : isReached ? "the officer is held, and " : "the officer is asked for a message, and ")}the chase begins");
    }
}
