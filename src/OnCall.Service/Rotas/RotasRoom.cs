namespace OnCall.Service.Rotas;

/// <summary>The rotas: the book in force.</summary>
internal static class RotasRoom
{
    public static void AddRotas(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<CurrentBook>();
}
