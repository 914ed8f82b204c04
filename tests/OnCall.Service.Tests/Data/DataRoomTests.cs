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
    [Theory]
    [InlineData("tcp_keepalives_idle", 5)]
    [InlineData("tcp_keepalives_interval", 2)]
    [InlineData("tcp_keepalives_count", 3)]
    [InlineData("tcp_user_timeout", 10_000)]
    public async Task BuildSource_Connection_HasPostgresFindWithinSecondsThatItsHostIsGone(string setting, int value)
    {
        await using var source = DataRoom.BuildSource((await databases.CreateAsync()).ConnectionString);
        await using var command = source.CreateCommand($"SELECT reset_val FROM pg_settings WHERE name = '{setting}'");

        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe($"{value}");
    }

    private static NpgsqlConnectionStringBuilder Built(string connectionString)
    {
        using var source = DataRoom.BuildSource(connectionString);
        return new NpgsqlConnectionStringBuilder(source.ConnectionString);
    }
}
