namespace OnCall.Service.Data.Migrations;

/// <summary>The tables of Quartz: ours to migrate, since Quartz creates what is missing and never alters what is there.</summary>
internal static class QuartzTables
{
    private const string Script = "quartz-4.7.sql";

    public static string Create
    {
        get
        {
            using var reader = new StreamReader(typeof(QuartzTables).Assembly.GetManifestResourceStream(Script)!);
            return reader.ReadToEnd();
        }
    }

    public const string Drop = """
        DROP TABLE qrtz_job_status,
          qrtz_misfire_history,
          qrtz_execution_history,
          qrtz_locks,
          qrtz_scheduler_state,
          qrtz_fired_triggers,
          qrtz_paused_job_grps,
          qrtz_paused_trigger_grps,
          qrtz_calendars,
          qrtz_blob_triggers,
          qrtz_simprop_triggers,
          qrtz_cron_triggers,
          qrtz_simple_triggers,
          qrtz_triggers,
          qrtz_job_details
        """;
}
