using OnCall.Core.People;
using OnCall.Core.Rotas;
using OnCall.Service.Twilio;

namespace OnCall.Service.Calls;

/// <summary>In which language whoever is on a leg is spoken to, read off the webhook and the book alone: for what is said when nothing else is known.</summary>
internal static class LegLanguage
{
    public static Language Of(TwilioForm form, RotaBook book)
    {
        var isCalled = form["Direction"]?.StartsWith("outbound", StringComparison.Ordinal) == true;
        return PhoneNumber.TryParse(form[isCalled ? "From" : "To"], out var line, out _)
            ? book.LanguageOf(line, CallerId.Read(form[isCalled ? "To" : "From"]))
            : Language.English;
    }
}
