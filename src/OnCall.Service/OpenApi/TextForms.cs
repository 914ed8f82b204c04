using Microsoft.OpenApi;
using OnCall.Core.Rotas.Documents;

namespace OnCall.Service.OpenApi;

/// <summary>How texts of the rota document are formed, in the words of JSON Schema. A pattern says what can be seen of a text alone; the reader says the rest.</summary>
internal static class TextForms
{
    private const string Id = @"^[a-z0-9.\-]{1,64}$";
    private const string Clock = "([01][0-9]|2[0-3]):[0-5][0-9]";

    public static OpenApiSchema Of(TextForm form)
    {
        var (pattern, format, example) = form switch
        {
            TextForm.Words => (null, null, null),
            TextForm.Id or TextForm.Reference => (Id, null, "a.khan"),
            TextForm.Phone => (@"^\+[1-9][0-9]{6,14}$", "phone", "+447700900101"),
            TextForm.NumberPattern => (@"^\+[1-9][0-9]{0,14}\*?$", null, "+441632960*"),
            TextForm.Email => (null, "email", "a.khan@example.org"),
            TextForm.Language => ("^[a-z]{2}$", null, "en"),
            TextForm.Zone => (null, null, "Europe/London"),
            TextForm.Moment => ("^[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?$", null, "2026-11-03T18:00"),
            TextForm.Day => ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "date", "2026-01-05"),
            TextForm.Clock => ($"^{Clock}$", null, "18:00"),
            TextForm.Length => ("^PT([0-9]+H)?([0-9]+M)?([0-9]+S)?$", "duration", "PT25S"),
            TextForm.Turn => ("^P([0-9]+[DWM]|T([0-9]+H)?([0-9]+M)?([0-9]+S)?)$", "duration", "P1W"),
            TextForm.Hours => ($"^{Clock}-{Clock}$", null, "07:00-15:00"),
            TextForm.Target => (@"^((rota|adviser):[a-z0-9.\-]{1,64}|force-contact)$", null, "rota:extradition"),
            TextForm.Digit => ("^[0-9]$", null, "1"),
            _ => ((string?)null, (string?)null, (string?)null),
        };
        return new OpenApiSchema { Type = JsonSchemaType.String, MinLength = pattern is null ? 1 : null, Pattern = pattern, Format = format, Examples = example is null ? null : [example] };
    }
}
