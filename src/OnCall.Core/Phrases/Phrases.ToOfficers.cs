using OnCall.Core.People;
using OnCall.Core.Rotas;

namespace OnCall.Core;

/// <content>Texts to officers, and to senders of whom it is not known who they are.</content>
public static partial class Phrases
{
    public static string RefByText(Language to, string shortRef) => In(
        to,
        $"Your enquiry is {shortRef}. Please quote it when you call again. If life is in danger, use your control room or 999.",
        $"Eich ymholiad yw {shortRef}. Dyfynnwch y rhif os ffoniwch eto. Os oes bywyd mewn perygl, defnyddiwch eich ystafell reoli neu 999.");

    /// <param name="on">On which number, as it is told; null = on the one that is texted.</param>
    public static string WillBeCalled(Language to, string shortRef, PhoneNumber? on) => In(
        to,
        $"Your enquiry is {shortRef}. An expert will call you on {(on is null ? "this number" : National(on))}. No names or case detail, please. If life is in danger, use your control room or 999.",
        $"Eich ymholiad yw {shortRef}. Bydd arbenigwr yn eich ffonio ar {(on is null ? "y rhif hwn" : National(on))}. Dim enwau na manylion achos. Perygl i fywyd: eich ystafell reoli neu 999.");

    public static string Receipt(Language to, string shortRef) => In(
        to,
        $"Your enquiry is {shortRef}. An expert will text you. For a call, text CALL ME. No names or case detail, please. If life is in danger, use your control room or 999.",
        $"Eich ymholiad yw {shortRef}. Cewch neges gan arbenigwr. Am alwad, anfonwch CALL ME. Dim enwau na manylion achos. Perygl i fywyd: eich ystafell reoli neu 999.");

    public static string NobodyYet(Language to, string shortRef) => In(
        to,
        $"{shortRef}: no expert could answer yet. We keep trying, and one will text or call you. If life is in danger, use your control room or 999.",
        $"{shortRef}: nid oes arbenigwr wedi gallu ateb eto. Rydym yn dal i geisio, a chewch neges neu alwad. Perygl i fywyd: eich ystafell reoli neu 999.");

    /// <param name="force">The name of one, as an example; null = none is asked for.</param>
    public static string WhoAsks(Language to, string shortRef, IEnumerable<MenuEntry> menu, string? force)
    {
        var (keys, first) = (string.Join(", ", menu.Select(entry => $"{entry.Key} {Gsm7.Fold(entry.Say)}")), menu.FirstOrDefault()?.Key ?? "1");
        var example = force is null ? "" : $"{first} {Gsm7.Fold(force)}";
        return In(
            to,
            $"{shortRef}: before an expert is asked, please reply with a number ({keys}){(force is null ? "" : $" and your force, for example: {example}")}. If life is in danger, use your control room or 999.",
            $"{shortRef}: cyn gofyn i arbenigwr, atebwch gyda rhif ({keys}){(force is null ? "" : $" a'ch heddlu, er enghraifft: {example}")}. Perygl i fywyd: eich ystafell reoli neu 999.");
    }

    public static string PleaseCall(Language to, string shortRef, PhoneNumber line) => In(
        to,
        $"{shortRef}: we could not read your desk and force. Please call {line}, where somebody asks you. If life is in danger, use your control room or 999.",
        $"{shortRef}: ni allem ddarllen eich desg a'ch heddlu. Ffoniwch {line}, lle bydd rhywun yn gofyn i chi. Perygl i fywyd: eich ystafell reoli neu 999.");

    public static string NeverSaidWho(Language to, string shortRef) => In(
        to,
        $"{shortRef} is closed: a text from a blocked number, or one that writes too often, whose sender never gave a desk and a force. It stands in the record.",
        $"{shortRef} wedi cau: neges o rif sydd wedi ei rwystro, neu sy'n ysgrifennu'n rhy aml. Ni roddodd neb ddesg na heddlu. Mae ar gofnod.");
}
