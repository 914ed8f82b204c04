using Npgsql;
using OnCall.Service.Data;
using OnCall.Testing;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Data;

public sealed class DataRoomTests(TestDatabase databases)
{
    [Fact]
    public void BuildSource_HostAlone_SetsTimeOutsAndPreparesWhatRecurs()
    {
        var settings = Built("Host=db;Database=oncall");
        (settings.Timeout, settings.CommandTimeout, settings.KeepAlive, settings.MaxAutoPrepare, settings.NoResetOnClose, settings.ApplicationName)
            .ShouldBe((3, 4, 10, 100, true, "oncall"));
    }

    [Fact]
    public void BuildSource_WhatIsGiven_Stays()
    {
        var settings = Built("Host=db;Timeout=7;Command Timeout=8;Keepalive=9;Max Auto Prepare=0;No Reset On Close=false;Application Name=duty");
        (settings.Timeout, settings.CommandTimeout, settings.KeepAlive, settings.MaxAutoPrepare, settings.NoResetOnClose, settings.ApplicationName)
            .ShouldBe((7, 8, 9, 0, false, "duty"));
    }

    /// <summary>A host without power says no goodbye: what it had locked is free once PostgreSQL finds that it is gone, by itself after two hours.</summary>
    [Fact]
    public async Task BuildSource_Connection_HasPostgresFindWithinSecondsThatItsHostIsGone()
    {
        await using var source = DataRoom.BuildSource((await databases.CreateAsync()).ConnectionString);
        await using var command = source.CreateCommand("SELECT string_agg(name || ' ' || reset_val, ', ' ORDER BY name) FROM pg_settings WHERE name LIKE 'tcp%'");

        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))
            .ShouldBe("tcp_keepalives_count 3, tcp_keepalives_idle 5, tcp_keepalives_interval 2, tcp_user_timeout 10000");
    }

    private static NpgsqlConnectionStringBuilder Built(string connectionString)
    {
        using var source = DataRoom.BuildSource(connectionString);
        return new NpgsqlConnectionStringBuilder(source.ConnectionString);
    }
}
