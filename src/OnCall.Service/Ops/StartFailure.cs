using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Npgsql;
using OnCall.Service.Tools;

namespace OnCall.Service.Ops;

/// <summary>What an operator can mend, told in one line for each problem. No line ever holds a password or a token.</summary>
internal static class StartFailure
{
    /// <summary>What a database of another version needs.</summary>
    public const string MigrateFirst = "ConnectionStrings:OnCall: the database is not at this version; run `oncall migrate` first.";

    /// <summary>The lines, or null when the exception is a bug, which deserves its whole trace.</summary>
    public static IReadOnlyList<string>? Explain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case SettingsException settings:
                    return settings.Problems;
                case OperatorException:
                    return [e.Message];
                case RefusedException refused:
                    return [e.Message, .. refused.Faults];
                case AddressInUseException:
                case SocketException socket when IsOfNoAddressHere(socket):
                    return [$"urls: {exception.Message} Choose another address with --urls or ASPNETCORE_URLS."];
                case PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn }:
                    return [MigrateFirst];
                case PostgresException refused when IsRefusal(refused.SqlState):
                    return [$"ConnectionStrings:OnCall: PostgreSQL refuses: {refused.MessageText} ({refused.SqlState})."];
                case NpgsqlException { InnerException: not PostgresException } and not PostgresException:
                    return [$"ConnectionStrings:OnCall: the database cannot be reached: {OneLine(e)}."];
                default:
                    break;
            }
        }

        return null;
    }

    /// <summary>The web server may not listen at the address, or it is none of this machine's.</summary>
    public static bool IsOfNoAddressHere(SocketException e) => e.SocketErrorCode is SocketError.AccessDenied or SocketError.AddressNotAvailable;

    /// <summary>Classes 08, 28, 3D, 53 and 57P of PostgreSQL's appendix A, and 42501: connection, authorization, no such database, out of resources, shut down, not allowed.</summary>
    private static bool IsRefusal(string state) =>
        state[..2] is "08" or "28" or "3D" or "53" || state.StartsWith("57P", StringComparison.Ordinal) || state == PostgresErrorCodes.InsufficientPrivilege;

    private static string OneLine(Exception e)
    {
        var text = e.InnerException is { } inner ? $"{e.Message}: {inner.Message}" : e.Message;
        return text.ReplaceLineEndings(" ").TrimEnd('.');
    }
}

/// <summary>Something that the operator can mend; the message is the whole story, in one line.</summary>
internal sealed class OperatorException(string message) : Exception(message);
