using Npgsql;
using OnCall.Service.Data;
using Shouldly;
using Xunit;

namespace OnCall.Service.Tests.Data;

public sealed class DataRoomTests
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

    private static NpgsqlConnectionStringBuilder Built(string connectionString)
    {
        using var source = DataRoom.BuildSource(connectionString);
        return new NpgsqlConnectionStringBuilder(source.ConnectionString);
    }
}
