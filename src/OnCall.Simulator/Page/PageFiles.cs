using Microsoft.AspNetCore.StaticFiles;

namespace OnCall.Simulator.Page;

/// <summary>The page itself, from inside the assembly.</summary>
internal static class PageFiles
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", context => Send(context, "index.html"));
        app.MapGet("/sim/{**file}", context =>
        {
            // The page's own addresses are relative: it needs the slash.
            if (context.Request.Path == "/sim")
            {
                context.Response.Redirect("/sim/");
                return Task.CompletedTask;
            }

            return Send(context, context.Request.RouteValues["file"] as string ?? "index.html");
        });
        app.MapGet("/{file}", context => Send(context, (string)context.Request.RouteValues["file"]!));
    }

    private static async Task Send(HttpContext context, string file)
    {
        var resource = typeof(PageFiles).Assembly.GetManifestResourceStream("wwwroot/" + file);
        if (resource is null)
        {
            context.Response.StatusCode = 404;
            return;
        }

        await using (resource)
        {
            context.Response.ContentType = Types.TryGetContentType(file, out var type) ? type : "application/octet-stream";
            context.Response.Headers.CacheControl = "no-cache";
            await resource.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
