using System.CommandLine;
using System.Globalization;
using OnCall.Service.Ops;
using OnCall.Service.Tools;

namespace OnCall.Service.Audit;

/// <summary><c>oncall verify-audit [--head FILE]</c>: proves that no entry was changed or removed.</summary>
internal static class VerifyAuditCommand
{
    public static Command Create(string[] settings)
    {
        var head = new Option<string?>("--head")
        {
            Description = "A head that was exported earlier: the answer of GET /api/v1/audit/head, or a copy of the file of OnCall:AuditHeadFile. Default: that file, if the setting names one that is there. Without any, what was cut off at the end, or written anew from the beginning, goes unseen.",
        };
        var command = new Command("verify-audit", "Proves that no audit entry was changed or removed; exit status 1 and the first broken entry if one was.") { head, ToolOptions.Json };
        command.SetAction((words, stop) => RunAsync(words, settings, words.GetValue(head), stop));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult words, string[] settings, string? file, CancellationToken stop)
    {
        using var host = Rooms.BuildTool(settings);
        var exported = host.Services.GetRequiredService<IConfiguration>()["OnCall:AuditHeadFile"];
        file ??= File.Exists(exported) ? exported : null;
        var head = file is null ? null : await ReadAsync(file, stop);
        var chain = host.Services.GetRequiredService<AuditChain>();
        var proof = await AuditProof.OfAsync(chain, head, stop);
        if (words.GetValue(ToolOptions.Json))
        {
            await Output.WriteAsync(words, proof, []);
            return proof.Fault is null ? 0 : 1;
        }

        if (proof.Fault is { } fault)
        {
            await words.Errors().WriteLineAsync(fault);
            return 1;
        }

        var open = await chain.CountUnsealedAsync(stop);
        await words.Out().WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{proof.Entries} entries are as they were sealed{(head is null ? "" : string.Create(CultureInfo.InvariantCulture, $", and fit the head of entry {head.Sequence}"))}; before and after of {proof.Erased} were erased; {open} are not sealed yet."));
        return 0;
    }

    private static async Task<AuditHead> ReadAsync(string file, CancellationToken stop)
    {
        try
        {
            return await AuditHead.ReadAsync(file, stop) ?? throw new OperatorException($"--head: {file} holds no head of the audit.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"--head: {file} cannot be read: {e.Message}");
        }
    }
}
