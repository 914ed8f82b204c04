using System.Data.Common;
using System.Globalization;
using Npgsql;
using OnCall.Service.Outbox;
using Quartz;

namespace OnCall.Service.Schedule;

/// <summary>What happens by the calendar: hand-overs and mornings, and the fallback document that goes with them.</summary>
internal static class ScheduleRoom
{
    public static void AddSchedule(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<NoticeWriter>();
        services.AddSingleton<Look>();
        services.AddSingleton<WakeUp>();
        services.AddSingleton<FallbackExport>();
        services.AddHttpClient(nameof(FallbackExport), client => client.Timeout = TimeSpan.FromSeconds(10)).RemoveAllLoggers();
        services.AddSingleton<RotaClock>();
        services.AddHostedService(provider => provider.GetRequiredService<RotaClock>());
        services.AddSingleton<DbDataSource>(provider => provider.GetRequiredService<NpgsqlDataSource>());
        services.AddOptions<QuartzSchedulerOptions>().Configure<Node>((options, node) => options.InstanceId = node.Id.ToString(CultureInfo.InvariantCulture));
        services.AddQuartz(AddQuartz);
    }

    /// <summary>Its tables are made by our migrations; its scheduler is started by <see cref="WakeUp"/>. It gets instants, never a wall clock or a zone.</summary>
    private static void AddQuartz(IQuartzBuilder quartz)
    {
        quartz.ConfigureScheduler(options => options.InstanceName = "oncall");
        quartz.UseDefaultThreadPool(maxConcurrency: 2);
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(database => database.UseRegisteredDataSource = true);
            store.UseSystemTextJsonSerializer();
            store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
            store.UseClustering(cluster =>
            {
                cluster.CheckinInterval = TimeSpan.FromSeconds(1);
                cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(2);
            });
        });
    }
}
