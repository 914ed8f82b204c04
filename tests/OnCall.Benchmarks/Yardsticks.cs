using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OnCall.Service.Data;
using OnCall.Service.Ops;
using OnCall.Service.Twilio;

namespace OnCall.Benchmarks;

/// <summary>
/// What the same web server does with the same webhooks when there is next to nothing to do: the service's own signature check and form, then 204; and
/// the same with one row inserted, in a commit of its own, by the service's own data source.
/// </summary>
internal static class Yardsticks
{
    /// <summary>The program's first word, when it is to be this.</summary>
    public const string Word = "yardsticks";

    public const string Empty = "/empty";

    public const string Insert = "/insert";

    public static async Task ServeAsync(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.AddSettings();
        builder.AddData();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<RefusedWebhooks>().AddSingleton<TwilioLink>();
        builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TwilioSignatureScheme>(TwilioSignatureScheme.Name, configureOptions: null);
        builder.Services.AddAuthorizationBuilder().AddPolicy(
            TwilioSignatureScheme.Policy, policy => policy.AddAuthenticationSchemes(TwilioSignatureScheme.Name).RequireAuthenticatedUser());
        await using var app = builder.Build();
        await CreateTableAsync(app.Services.GetRequiredService<NpgsqlDataSource>());
        app.UseAuthentication().UseAuthorization();
        var webhooks = app.MapGroup("").RequireAuthorization(TwilioSignatureScheme.Policy);
        webhooks.MapPost(Empty + "/{**path}", (TwilioForm _) => Results.NoContent());
        webhooks.MapPost(Insert + "/{**path}", InsertAsync);
        await app.StartAsync();
        await Console.Out.WriteLineAsync("Application started");
        await app.WaitForShutdownAsync();
    }

    private static async Task CreateTableAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            "CREATE TABLE IF NOT EXISTS bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, call_sid text NOT NULL, at timestamptz NOT NULL DEFAULT now())");
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<IResult> InsertAsync(TwilioForm form, NpgsqlDataSource source, CancellationToken stop)
    {
        await using var command = source.CreateCommand("INSERT INTO bare (call_sid) VALUES ($1)");
        command.Parameters.Add(new() { Value = form["CallSid"] ?? form["MessageSid"] });
        await command.ExecuteNonQueryAsync(stop);
        return Results.NoContent();
    }
}
