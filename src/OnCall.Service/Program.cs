using System.CommandLine;
using OnCall.Service.Access;
using OnCall.Service.Audit;
using OnCall.Service.Calendars;
using OnCall.Service.Calls;
using OnCall.Service.Chain;
using OnCall.Service.Data;
using OnCall.Service.Demo;
using OnCall.Service.Duty;
using OnCall.Service.Escalation;
using OnCall.Service.Messages;
using OnCall.Service.OpenApi;
using OnCall.Service.Ops;
using OnCall.Service.Outbox;
using OnCall.Service.Retention;
using OnCall.Service.Rotas;
using OnCall.Service.Schedule;
using OnCall.Service.Twilio;

return await CommandLine.RunAsync(args);

namespace OnCall.Service
{
    /// <summary>The table of contents: the commands, and the rooms of the service.</summary>
    internal static class Rooms
    {
        /// <summary>The commands.</summary>
        /// <param name="settings">As for the service.</param>
        public static RootCommand BuildCommands(string[] settings)
        {
            var root = new RootCommand("OnCall: the duty rota and escalation service of an advice line. Without a command it serves.")
            {
                DemoCommand.Create(settings),
                ServeCommand.Create(settings),
                MigrateCommand.Create(settings),
                ImportCommand.Create(settings),
                PreviewCommand.Create(settings),
                ExportCommand.Create(settings),
                RevisionCommands.List(settings),
                RevisionCommands.Restore(settings),
                CheckCommand.Create(settings),
                ExportFallbackCommand.Create(settings),
                WhoCommand.Create(settings),
                GapsCommand.Create(settings),
                RehearseCommand.Create(settings),
                PlanCommand.Create(settings),
                ReplayCommand.Create(settings),
                KeyCommands.Create(settings),
                VerifyAuditCommand.Create(settings),
            };
            root.SetAction((_, stop) => ServeCommand.RunAsync(settings, stop));
            return root;
        }

        /// <summary>Builds the service, not yet started.</summary>
        /// <param name="settings">Settings in the form of the command line: <c>--Section:Key value</c> or <c>--Section:Key=value</c>.</param>
        /// <param name="adjust">Called when every room has registered: the place where a test puts its own clock.</param>
        /// <exception cref="SettingsException">Settings are missing or wrong.</exception>
        public static WebApplication BuildService(string[] settings, Action<WebApplicationBuilder>? adjust = null)
        {
            var builder = WebApplication.CreateBuilder(settings);
            builder.AddSettings();
            builder.AddOps();
            builder.AddData();
            builder.AddAccess();
            builder.AddAudit();
            builder.AddApiDescription();
            builder.AddRotas();
            builder.AddCalendars();

            // What runs stops in the opposite order: what makes work before what does it, and last the word that others may go on with the rest.
            builder.AddOutbox();
            builder.AddEscalation();
            builder.AddCalls();
            builder.AddChain();
            builder.AddMessages();
            builder.AddRetention();
            builder.AddSchedule();
            builder.AddTwilio();
            adjust?.Invoke(builder);

            var app = builder.Build();
            app.UseOps();
            app.UseAccess();
            app.MapOps();
            app.MapApiDescription();
            app.MapAccess();
            app.MapAudit();
            app.MapRotas();
            app.MapDuty();
            app.MapCalendars();
            app.MapEscalation();
            app.MapCalls();
            app.MapMessages();
            return app;
        }

        /// <summary>Builds the host of a command that works on the database and serves nobody.</summary>
        /// <exception cref="SettingsException">The connection string is missing or wrong.</exception>
        public static IHost BuildTool(string[] settings)
        {
            var builder = Host.CreateApplicationBuilder(settings);
            builder.AddToolSettings();
            builder.AddData();
            builder.AddBookStore();
            builder.AddKeyStore();
            builder.AddAuditLog();
            return builder.Build();
        }
    }
}
