using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace OnCall.Testing;

/// <summary>Looks at what goes over a node's API: errors must hold no secret, and the notes that people send must not come up in the log.</summary>
internal sealed class ApiSeen(WrittenLog log) : IStartupFilter
{
    private const string Note = "note";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal), api => api.Use(SeeAsync));
        next(app);
    };

    private async Task SeeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/api/v1/enquiries", StringComparison.Ordinal) && HttpMethods.IsPost(http.Request.Method))
        {
            await KeepNoteAsync(http.Request);
        }

        var answer = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = answer;
        }

        body.Position = 0;
        if (http.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            log.AddError(await new StreamReader(body).ReadToEndAsync());
            body.Position = 0;
        }

        await body.CopyToAsync(answer, http.RequestAborted);
    }

    private async Task KeepNoteAsync(HttpRequest request)
    {
        request.EnableBuffering();
        var text = await new StreamReader(request.Body).ReadToEndAsync();
        request.Body.Position = 0;
        try
        {
            using var sent = JsonDocument.Parse(text);
            if (sent.RootElement.ValueKind == JsonValueKind.Object && sent.RootElement.TryGetProperty(Note, out var note) && note.ValueKind == JsonValueKind.String)
            {
                log.AddWords(note.GetString()!);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The service says itself what is wrong with it.
        }
    }
}
