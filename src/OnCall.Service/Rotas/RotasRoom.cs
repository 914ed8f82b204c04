using OnCall.Service.Duty;

namespace OnCall.Service.Rotas;

/// <summary>The book of rotas: what is published, how it is published, and the snapshot in memory.</summary>
internal static class RotasRoom
{
    /// <summary>What the tools need too: the store, without watching it.</summary>
    public static void AddBookStore(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CurrentBook>();
        builder.Services.AddSingleton<BookStore>();
        builder.Services.AddSingleton<BookFindings>();
    }

    public static void AddRotas(this IHostApplicationBuilder builder)
    {
        builder.AddBookStore();
        builder.Services.AddHostedService<BookWatch>();
    }

    public static void MapRotas(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapDocuments();
        api.MapResources();
        api.MapChanges();
        api.MapRevisions();
    }
}
